import type { Node, RangeVar, TypeName } from 'libpg-query'
import type { Statement } from '../../postgres/statements/statement.ts'
import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import { isRecord } from './is-record.ts'
import { addedKeys, type MadeTable, madeTable } from './made-tables.ts'

/**
 * What names mean at one place of a migration, seen from the rows that stand before it: a table or column that it
 * renamed further up is the one of before, and what it made itself has no rows yet.
 */
export interface Scene {
  readonly tables: readonly TableFacts[]
  /** Undefined where the migration made it, or where there is none. */
  table(range: RangeVar): TableFacts | undefined
  /** Undefined where the migration made it. */
  column(range: RangeVar, name: string): ColumnFacts | undefined
  /** The labels of an enum as it is here; undefined for any other type. */
  labels(type: TypeName): readonly string[] | undefined
  /** The columns by which a partitioned table has its partitions, as it calls them here; undefined where not known. */
  partitionKey(range: RangeVar): readonly string[] | undefined
  /** All columns of a table, as they are called here, in their order; undefined where it is not known. */
  columnNames(range: RangeVar): readonly string[] | undefined
  /** The columns, as they are called here, of the unique keys of a table that have no predicate. */
  keys(range: RangeVar): readonly (readonly string[])[]
  /** The columns of a table, as they are called here, that take no NULL. */
  requiredColumns(range: RangeVar): readonly string[]
  /** Goes on behind a statement. */
  pass(statement: Statement): void
}

interface Standing {
  readonly facts: TableFacts
  /** What columns are called here, to what they were called before. */
  readonly columns: Map<string, string>
}

/** @param schema where names without a schema are looked for */
export function openScene(tables: readonly TableFacts[], schema: string): Scene {
  const standing = new Map<string, Standing>(
    tables.map((facts) => [
      `${facts.schema}.${facts.name}`,
      { facts, columns: new Map(facts.columns.map(({ name }) => [name, name])) },
    ]),
  )
  const enums = new Map<string, readonly string[]>()
  for (const { enumLabels, baseType } of tables.flatMap(({ columns }) => columns)) {
    if (enumLabels !== undefined) enums.set(baseType, enumLabels)
  }
  const made = new Map<string, MadeTable>()
  const keyOf = ({ schemaname, relname }: RangeVar): string => `${schemaname ?? schema}.${relname ?? ''}`
  const at = (range: RangeVar): Standing | undefined => standing.get(keyOf(range))

  return {
    tables,
    table: (range) => at(range)?.facts,
    column: (range, name) => {
      const table = at(range)
      const original = table?.columns.get(name)
      return table?.facts.columns.find((column) => column.name === original)
    },
    partitionKey: (range) => {
      const table = at(range)
      if (table === undefined) return made.get(keyOf(range))?.partitionKey
      return table.facts.partitionKey?.map(namesHere(table))
    },
    columnNames: (range) => {
      const table = at(range)
      if (table === undefined) return made.get(keyOf(range))?.columns
      return table.facts.columns.map(({ name }) => namesHere(table)(name))
    },
    keys: (range) => {
      const table = at(range)
      return table === undefined ? (made.get(keyOf(range))?.keys ?? []) : keysOf(table)
    },
    requiredColumns: (range) => {
      const table = at(range)
      if (table === undefined) return made.get(keyOf(range))?.notNull ?? []
      return table.facts.columns.filter(({ notNull }) => notNull).map(({ name }) => namesHere(table)(name))
    },
    labels: (type) => enums.get(lastName(type.names)),
    pass: ({ node }) => {
      if ('RenameStmt' in node) {
        const { renameType, relation, subname = '', newname = '', object } = node.RenameStmt
        if (renameType === 'OBJECT_TABLE' && relation !== undefined) {
          move(standing, keyOf(relation), `${relation.schemaname ?? schema}.${newname}`)
        }
        if (renameType === 'OBJECT_COLUMN' && relation !== undefined) {
          const columns = at(relation)?.columns
          if (columns !== undefined) move(columns, subname, newname)
        }
        if (renameType === 'OBJECT_TYPE') move(enums, lastName(listOf(object)), newname)
      }
      if ('CreateStmt' in node) {
        const { relation } = node.CreateStmt
        if (relation !== undefined) made.set(keyOf(relation), madeTable(node.CreateStmt))
      }
      for (const { table, columns } of addedKeys(node)) {
        const found = made.get(keyOf(table))
        if (found !== undefined) made.set(keyOf(table), { ...found, keys: [...found.keys, columns] })
      }
      if ('CreateEnumStmt' in node) {
        enums.set(lastName(node.CreateEnumStmt.typeName), textsOf(node.CreateEnumStmt.vals))
      }
      if ('AlterEnumStmt' in node) {
        const { typeName, newVal = '', oldVal } = node.AlterEnumStmt
        const labels = enums.get(lastName(typeName)) ?? []
        enums.set(lastName(typeName), [...labels.filter((label) => label !== oldVal), newVal])
      }
      if ('AlterObjectSchemaStmt' in node) {
        const { relation, newschema = '' } = node.AlterObjectSchemaStmt
        if (relation !== undefined) move(standing, keyOf(relation), `${newschema}.${relation.relname ?? ''}`)
      }
      if ('AlterTableStmt' in node) {
        const { relation, cmds = [] } = node.AlterTableStmt
        const columns = relation === undefined ? undefined : at(relation)?.columns
        for (const command of cmds) {
          if (!('AlterTableCmd' in command)) continue
          // A column of the same name that comes later is another one.
          if (command.AlterTableCmd.subtype === 'AT_DropColumn') columns?.delete(command.AlterTableCmd.name ?? '')
        }
      }
      if ('DropStmt' in node && node.DropStmt.removeType === 'OBJECT_TABLE') {
        for (const object of node.DropStmt.objects ?? []) {
          const names = textsOf(listOf(object))
          standing.delete(names.length === 1 ? `${schema}.${names[0] ?? ''}` : names.slice(-2).join('.'))
        }
      }
    },
  }
}

/** From the name that a column had before to the one it has here. */
function namesHere(table: Standing | undefined): (name: string) => string {
  const here = new Map([...(table?.columns ?? [])].map(([now, old]) => [old, now]))
  return (name) => here.get(name) ?? name
}

function keysOf(table: Standing): readonly (readonly string[])[] {
  const { primaryKey, uniques } = table.facts
  return [primaryKey, ...uniques].flatMap((key) => {
    const columns = (key?.keys ?? []).flatMap((part) => ('column' in part ? [part.column] : []))
    const isPlain = key !== undefined && key.predicate === undefined && columns.length === key.keys.length
    return isPlain ? [columns.map(namesHere(table))] : []
  })
}

function move<Value>(map: Map<string, Value>, from: string, to: string): void {
  const value = map.get(from)
  if (value === undefined) return
  map.delete(from)
  map.set(to, value)
}

/** The last part of a qualified name: enums of one name in two schemas are taken for one. */
function lastName(names: readonly Node[] | undefined): string {
  return textsOf(names).at(-1) ?? ''
}

/** The texts of a list of `String` nodes. */
export function textsOf(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []))
}

function listOf(node: unknown): readonly Node[] {
  if (!isRecord(node) || !isRecord(node['List']) || !Array.isArray(node['List']['items'])) return []
  return node['List']['items'] as readonly Node[]
}
