import type { Connection } from '../../src/postgres/connect.ts'
import { quoteIdentifier, quoteQualified } from '../../src/postgres/quote.ts'

/**
 * Puts up to three rows into every table, as far as they may differ. Keys count from 1 and a foreign key points
 * to the same number; in the third row everything that may be NULL is.
 */
export async function insertSampleRows(connection: Connection): Promise<void> {
  const { rows: tables } = await connection.query<Table>(tablesQuery)
  // Rows of tables that point to each other in a circle have no order in which each key could be checked.
  await connection.query('SET session_replication_role = replica')
  for (const table of tables) {
    const columns = table.columns.filter((column) => !column.isGenerated)
    const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ')
    const rows = [1, 2, 3].map((row) => `(${columns.map((column) => valueOf(column, row)).join(', ')})`)
    await connection.query(`INSERT INTO ${quoteQualified(table.schema, table.name)} (${names}) VALUES ${rows.join(', ')} ON CONFLICT DO NOTHING`)
  }
  await connection.query('SET session_replication_role = origin')
  const { rows: sequences } = await connection.query<{ sql: string }>(
    `SELECT format('SELECT setval(%L, 3)', format('%I.%I', schemaname, sequencename)) AS sql FROM pg_sequences`,
  )
  for (const { sql } of sequences) await connection.query(sql)
}

/** How many rows all tables hold together. */
export async function countAllRows(connection: Connection): Promise<number> {
  const { rows: tables } = await connection.query<Table>(tablesQuery)
  let total = 0
  for (const { schema, name } of tables) {
    const { rows } = await connection.query<{ count: string }>(`SELECT count(*) FROM ${quoteQualified(schema, name)}`)
    total += Number(rows[0]?.count)
  }
  return total
}

interface Table {
  readonly schema: string
  readonly name: string
  readonly columns: readonly Column[]
}

interface Column {
  readonly name: string
  readonly type: string
  readonly labels: readonly string[] | null
  readonly isList: boolean
  readonly notNull: boolean
  readonly isGenerated: boolean
}

function valueOf(column: Column, row: number): string {
  if (row === 3 && !column.notNull) return 'NULL'
  const one = scalarOf(column, row)
  return column.isList ? `ARRAY[${one}, ${one}]::${column.type}` : `${one}::${column.type}`
}

function scalarOf({ type, labels }: Column, row: number): string {
  if (labels !== null) return `'${(labels[(row - 1) % labels.length] ?? '').replaceAll("'", "''")}'`
  const base = type.replace(/\[\]$/, '').replace(/\(.*\)/, '')
  if (base === 'uuid') return `'00000000-0000-4000-8000-00000000000${row}'`
  if (base === 'boolean') return row === 1 ? 'true' : 'false'
  if (base.startsWith('timestamp') || base === 'date') return `'2026-0${row}-01T0${row}:30:00'`
  if (base === 'jsonb' || base === 'json') return `'{"n": ${row}}'`
  if (base === 'bytea') return `'\\x3${row}'`
  return `'${row}'`
}

const tablesQuery = `
SELECT n.nspname AS schema, c.relname AS name, (
  SELECT json_agg(json_build_object(
    'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull,
    'isList', t.typcategory = 'A', 'isGenerated', a.attgenerated <> '',
    'labels', (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = coalesce(nullif(t.typelem, 0), t.oid))
  ) ORDER BY a.attnum)
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
) AS columns
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
ORDER BY 1, 2`
