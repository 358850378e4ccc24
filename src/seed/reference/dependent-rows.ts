import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier, quoteQualified } from '../../postgres/quote.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'

/** Rows to be deleted, as PostgreSQL is asked for them. */
export interface DoomedRows {
  readonly table: Pick<TableFacts, 'schema' | 'name'>
  /** A condition on the table's rows, which it calls `t`. */
  readonly condition: string
}

/**
 * Rows that a DELETE would take with it, or change, through foreign keys with ON DELETE CASCADE, SET NULL or SET
 * DEFAULT, a line for each foreign key; empty: none. The doomed rows stay locked, so that nobody points to them
 * meanwhile. Rows that are doomed themselves do not count.
 */
export async function findDependents(connection: Connection, doomed: DoomedRows): Promise<readonly string[]> {
  const target = quoteQualified(doomed.table.schema, doomed.table.name)
  const { rows: keys } = await connection.query<ActingKey>(actingKeysSql, [target])
  if (keys.length === 0) return []
  await connection.query(`SELECT FROM ${target} t WHERE ${doomed.condition} FOR UPDATE`)
  const lines: string[] = []
  for (const { schema, table, columns, targets, action } of keys) {
    const same = columns.map((column, at) => `c.${quoteIdentifier(column)} = t.${quoteIdentifier(targets[at] ?? '')}`)
    const isSelf = schema === doomed.table.schema && table === doomed.table.name
    const others = `AND NOT EXISTS (SELECT FROM ${target} t WHERE t.tableoid = c.tableoid AND t.ctid = c.ctid AND (${doomed.condition}))`
    const { rows } = await connection.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${quoteQualified(schema, table)} c
       WHERE EXISTS (SELECT FROM ${target} t WHERE ${same.join(' AND ')} AND (${doomed.condition})) ${isSelf ? others : ''}`,
    )
    const count = rows[0]?.count ?? 0
    if (count > 0) lines.push(`${count} ${count === 1 ? 'row' : 'rows'} of ${schema}.${table} ${actions[action]}`)
  }
  return lines
}

/** A foreign key that does something to its rows when a row that they point to goes. */
interface ActingKey {
  readonly schema: string
  readonly table: string
  readonly columns: readonly string[]
  readonly targets: readonly string[]
  readonly action: 'c' | 'n' | 'd'
}

/** What becomes of them, by PostgreSQL's letter for the action. */
const actions: Readonly<Record<ActingKey['action'], string>> = {
  c: 'would be deleted with them (ON DELETE CASCADE)',
  n: 'would no longer point to anything (ON DELETE SET NULL)',
  d: 'would point elsewhere (ON DELETE SET DEFAULT)',
}

const actingKeysSql = `
  SELECT n.nspname::text AS schema, c.relname::text AS table, k.confdeltype::text AS action,
    ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(number, at)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number ORDER BY u.at) AS columns,
    ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(number, at)
      JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number ORDER BY u.at) AS targets
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE k.contype = 'f' AND k.confrelid = to_regclass($1) AND k.conparentid = 0 AND k.confdeltype IN ('c', 'n', 'd')
  ORDER BY 1, 2, k.conname`
