import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Connection } from '../connect.ts'
import { quoteIdentifier } from '../quote.ts'

/**
 * Streams rows into a table with COPY, with backpressure: memory does not grow with the rows.
 * @param table as SQL, quoted
 * @param chunks lines in the text format (`copyLine`), cut anywhere
 * @param format `csv`: the first line is a header, nothing is NULL
 * @returns how many rows there were
 */
export async function copyIn(
  connection: Connection,
  table: string,
  columns: readonly string[],
  chunks: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  format: 'text' | 'csv' = 'text',
): Promise<number> {
  const names = columns.map(quoteIdentifier).join(', ')
  const options = format === 'csv' ? ' WITH (FORMAT csv, HEADER true)' : ''
  const target = connection.query(copyFrom(`COPY ${table} (${names}) FROM STDIN${options}`))
  await pipeline(Readable.from(chunks), target)
  return target.rowCount
}
