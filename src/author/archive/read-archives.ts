import { archiveSchema } from '../../history/archive/registry.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import { isRecord } from '../rollback/walk-tree.ts'
import type { Archive } from './archive.ts'

/**
 * What a migration archives, read from its own statements: so a rollback is found for it wherever its file comes from,
 * and nothing is believed that the file does not do.
 * @param schema where unqualified names of the migration live
 */
export function readArchives(statements: readonly Statement[], schema: string): readonly Archive[] {
  const keys = new Map(statements.flatMap((statement) => readKey(statement) ?? []))
  return statements.flatMap((statement) => readArchive(statement, schema, keys) ?? [])
}

/** `ALTER TABLE tide_archive."…" ADD PRIMARY KEY (…)`. */
function readKey({ node }: Statement): readonly (readonly [string, readonly string[]])[] | undefined {
  if (!('AlterTableStmt' in node) || node.AlterTableStmt.relation?.schemaname !== archiveSchema) return undefined
  const name = node.AlterTableStmt.relation.relname ?? ''
  return (node.AlterTableStmt.cmds ?? []).flatMap((command) => {
    const def = 'AlterTableCmd' in command ? command.AlterTableCmd.def : undefined
    if (def === undefined || !('Constraint' in def) || def.Constraint.contype !== 'CONSTR_PRIMARY') return []
    const columns = (def.Constraint.keys ?? []).flatMap((key) => ('String' in key ? [key.String.sval ?? ''] : []))
    return [[name, columns] as const]
  })
}

/** `CREATE TABLE tide_archive."…" AS SELECT … FROM …`. */
function readArchive(
  { node, text }: Statement,
  schema: string,
  keys: ReadonlyMap<string, readonly string[]>,
): Archive | undefined {
  if (!('CreateTableAsStmt' in node)) return undefined
  const { into, query } = node.CreateTableAsStmt
  const name = into?.rel?.relname
  if (into?.rel?.schemaname !== archiveSchema || name === undefined) return undefined
  const select = query !== undefined && 'SelectStmt' in query ? query.SelectStmt : undefined
  const [from] = select?.fromClause ?? []
  if (from === undefined || !('RangeVar' in from)) return undefined
  const source = { schema: from.RangeVar.schemaname ?? schema, name: from.RangeVar.relname ?? '' }
  const targets = (select?.targetList ?? []).map((target) => ('ResTarget' in target ? target.ResTarget : {}))
  const held = targets.map(({ val }) => columnOf(val)).filter((column) => column !== undefined)
  const outcome = targets.find(({ val, name: alias }) => alias !== undefined && columnOf(val) === undefined)?.name
  const key = keys.get(name) ?? []
  const columns = held.filter((column) => !key.includes(column))
  if (key.length === 0) return { kind: 'rows', name, source, key, columns: held }
  if (outcome === undefined) return { kind: 'columns', name, source, key, columns }
  const type = /\bNULL::(.+?) AS "/.exec(text)?.[1] ?? 'text'
  return { kind: 'values', name, source, key, columns, became: { column: outcome, type } }
}

/** A column, or one written as text. */
function columnOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined
  if (isRecord(value['TypeCast'])) return columnOf(value['TypeCast']['arg'])
  const reference = value['ColumnRef']
  const [field] = isRecord(reference) && Array.isArray(reference['fields']) ? (reference['fields'] as unknown[]) : []
  const text = isRecord(field) ? field['String'] : undefined
  const name = isRecord(text) ? text['sval'] : undefined
  return typeof name === 'string' ? name : undefined
}
