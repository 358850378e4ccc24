import type { Connection } from '../postgres/connect.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import type { AddedUnique } from './change-plan.ts'
import type { DuplicateReport } from './errors.ts'

/** The rows that stand in the way of a unique index; undefined where none do. NULLs are no duplicates of each other. */
export async function findDuplicates(
  connection: Connection,
  unique: AddedUnique,
): Promise<DuplicateReport | undefined> {
  const columns = unique.columns.map(quoteIdentifier)
  const condition = columns.map((column) => `${column} IS NOT NULL`).join(' AND ')
  const list = columns.join(', ')
  const sql = `SELECT ${list}, count(*) FROM ${unique.table} WHERE ${condition} GROUP BY ${list} HAVING count(*) > 1`
  const key = await keyExpression(connection, unique.table)
  const { rows } = await connection.query<{ groups: string; examples: string[][] | null }>(
    `WITH duplicates AS (
       SELECT (array_agg(${key}))[1:5] AS keys FROM ${unique.table} WHERE ${condition} GROUP BY ${list} HAVING count(*) > 1
     )
     SELECT count(*) AS groups, (SELECT json_agg(keys) FROM (SELECT keys FROM duplicates LIMIT 5) few) AS examples FROM duplicates`,
  )
  const groups = Number(rows[0]?.groups ?? 0)
  if (groups === 0) return undefined
  return { index: unique.name, table: unique.table, columns: unique.columns, groups, examples: rows[0]?.examples ?? [], sql: `${sql};` }
}

/** The primary key as text; where a table has none, the row's place. */
async function keyExpression(connection: Connection, table: string): Promise<string> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT a.attname AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
     WHERE i.indrelid = $1::regclass AND i.indisprimary ORDER BY array_position(i.indkey::int2[], a.attnum)`,
    [table],
  )
  if (rows.length === 0) return 'ctid::text'
  return rows.map((row) => `${quoteIdentifier(row.name)}::text`).join(` || '/' || `)
}
