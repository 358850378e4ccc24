import type { Connection } from '../../postgres/connect.ts'
import { quoteQualified } from '../../postgres/quote.ts'
import { tableKey } from '../plan/table-key.ts'
import { tablesSql } from './place-sql.ts'

/**
 * The tables of a database that hold rows, each with a digest of them.
 * @param emptied tables that do not count, as `schema.table`
 * @param mayHold tables that may hold some
 * @returns undefined where others do, or where there are too many
 */
export async function readHeldRows(
  connection: Connection,
  emptied: readonly string[],
  mayHold: readonly string[],
): Promise<readonly (readonly [table: string, digest: string])[] | undefined> {
  const { rows: tables } = await connection.query<{ schema: string; name: string }>(tablesSql, [emptied])
  if (tables.length === 0) return []
  const counts = tables.map(
    ({ schema, name }) =>
      `(SELECT count(*) FROM (SELECT FROM ONLY ${quoteQualified(schema, name)} LIMIT ${mostRows + 1}))`,
  )
  const { rows: [counted] } = await connection.query<{ counts: readonly number[] }>(
    `SELECT ARRAY[${counts.join(', ')}]::int[] AS counts`,
  )
  const digests: (readonly [string, string])[] = []
  for (const [place, table] of tables.entries()) {
    const count = counted?.counts[place] ?? 0
    if (count === 0) continue
    if (count > mostRows || !mayHold.includes(tableKey(table))) return undefined
    const { rows } = await connection.query<{ digest: string }>(
      `SELECT md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) AS digest
       FROM ONLY ${quoteQualified(table.schema, table.name)} AS t`,
    )
    digests.push([tableKey(table), rows[0]?.digest ?? ''])
  }
  return digests
}

/** More than anybody writes into a migration. */
const mostRows = 1000
