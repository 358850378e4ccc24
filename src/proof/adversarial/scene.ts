import type { Node, RangeVar, TypeName } from 'libpg-query'
import type { Statement } from '../../postgres/statements/statement.ts'
import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import type { NamesBefore } from '../../author/renames/with-other-names.ts'
import { spokenName } from '../../postgres/catalog/names.ts'
import { isRecord } from './is-record.ts'
import { addedKeys, type MadeTable, madeTable } from './made-tables.ts'
import { areNamesKept, type NamesHere, oldNames, type StandingTable } from './old-names.ts'
import { textsOf } from './texts-of.ts'

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
  /** From the names of here to those of before; undefined where all are the same. */
  oldNames(): NamesBefore | undefined
  /** Goes on behind a statement. */
  pass(statement: Statement): void
}

/** @param schema where names without a schema are looked for */
export function openScene(tables: readonly TableFacts[], schema: string): Scene {
  const standing = new Map<string, StandingTable>(
    tables.map((facts) => [
      spokenName([facts.schema, facts.name]),
      { facts, columns: new Map(facts.columns.map(({ name }) => [name, name])), added: new Set() },
    ]),
  )
  const enums = new Map<string, readonly string[]>()
  for (const { enumLabels, baseType } of tables.flatMap(({ columns }) => columns)) {
    if (enumLabels !== undefined) enums.set(baseType, enumLabels)
  }
  const made = new Map<string, MadeTable>()
  const types = new Map<string, string>()
  const madeTypes = new Set<string>()
  const here: NamesHere = { schema, before: tables, standing, made, types }
  const keyOf = ({ schemaname, relname }: RangeVar): string => spokenName([schemaname ?? schema, relname ?? ''])
  const at = (range: RangeVar): StandingTable | undefined => standing.get(keyOf(range))

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
    oldNames: () => (areNamesKept(here) ? undefined : oldNames(here)),
    pass: ({ node }) => {
      if ('RenameStmt' in node) {
        const { renameType, relation, subname = '', newname = '', object } = node.RenameStmt
        if (renameType === 'OBJECT_TABLE' && relation !== undefined) {
          move(standing, keyOf(relation), keyOf({ ...relation, relname: newname }))
        }
        if (renameType === 'OBJECT_COLUMN' && relation !== undefined) {
          const table = at(relation)
          if (table?.added.delete(subname) === true) table.added.add(newname)
          else if (table !== undefined) move(table.columns, subname, newname)
        }
        if (renameType === 'OBJECT_TYPE') {
          const name = lastName(listOf(object))
          move(enums, name, newname)
          if (madeTypes.delete(name)) madeTypes.add(newname)
          else types.set(newname, types.get(name) ?? name)
          types.delete(name)
        }
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
        madeTypes.add(lastName(node.CreateEnumStmt.typeName))
      }
      if ('AlterEnumStmt' in node) {
        const { typeName, newVal = '', oldVal } = node.AlterEnumStmt
        const labels = enums.get(lastName(typeName)) ?? []
        enums.set(lastName(typeName), [...labels.filter((label) => label !== oldVal), newVal])
      }
      if ('AlterObjectSchemaStmt' in node) {
        const { relation, newschema = '' } = node.AlterObjectSchemaStmt
        if (relation !== undefined) move(standing, keyOf(relation), keyOf({ ...relation, schemaname: newschema }))
      }
      if ('AlterTableStmt' in node) {
        const { relation, cmds = [] } = node.AlterTableStmt
        const table = relation === undefined ? undefined : at(relation)
        for (const command of cmds) {
          if (!('AlterTableCmd' in command)) continue
          const { subtype, name = '', def } = command.AlterTableCmd
          // A column of the same name that comes later is another one.
          if (subtype === 'AT_DropColumn' && !table?.added.delete(name)) table?.columns.delete(name)
          if (subtype === 'AT_AddColumn' && def !== undefined && 'ColumnDef' in def) table?.added.add(def.ColumnDef.colname ?? '')
        }
      }
      if ('DropStmt' in node && node.DropStmt.removeType === 'OBJECT_TABLE') {
        for (const object of node.DropStmt.objects ?? []) {
          const names = textsOf(listOf(object))
          standing.delete(spokenName(names.length === 1 ? [schema, ...names] : names.slice(-2)))
        }
      }
    },
  }
}

/** From the name that a column had before to the one it has here. */
function namesHere(table: StandingTable | undefined): (name: string) => string {
  const here = new Map([...(table?.columns ?? [])].map(([now, old]) => [old, now]))
  return (name) => here.get(name) ?? name
}

function keysOf(table: StandingTable): readonly (readonly string[])[] {
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

function listOf(node: unknown): readonly Node[] {
  if (!isRecord(node) || !isRecord(node['List']) || !Array.isArray(node['List']['items'])) return []
  return node['List']['items'] as readonly Node[]
}
