import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Connection } from '../connect.ts'
import { quoteIdentifier } from '../quote.ts'

/**
 * Streams rows into a table with COPY, with backpressure: memory does not grow with the rows.
 * @param table as SQL, quoted
 * @param chunks lines in the text format (`copyLine`), any number of them in each chunk
 */
export async function copyIn(
  connection: Connection,
  table: string,
  columns: readonly string[],
  chunks: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  const names = columns.map(quoteIdentifier).join(', ')
  const target = connection.query(copyFrom(`COPY ${table} (${names}) FROM STDIN`))
  await pipeline(Readable.from(chunks), target)
}
