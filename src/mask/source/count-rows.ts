import type { Connection } from '../../postgres/connect.ts'
import { quoteQualified } from '../../postgres/quote.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import { tableKey } from '../../seed/plan/table-key.ts'
import { explainingSource } from './explain-source.ts'

/** How many rows tables have in the snapshot, by `schema.table`. */
export async function countRows(
  connection: Connection,
  tables: readonly TableFacts[],
): Promise<ReadonlyMap<string, number>> {
  if (tables.length === 0) return new Map()
  const sql = tables.map(({ schema, name }) => `(SELECT count(*) FROM ${quoteQualified(schema, name)})`)
  const { rows } = await explainingSource('rows were counted', () =>
    connection.query<{ counts: readonly string[] }>(`SELECT ARRAY[${sql.join(', ')}]::text[] AS counts`),
  )
  return new Map(tables.map((table, place) => [tableKey(table), Number(rows[0]?.counts[place] ?? 0)]))
}
