import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import { race } from './table.ts'

/** COPY of rows that were made before, from a file: what the server and the wire allow. */
await race(async (url) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const file = process.env['BENCH_ROWS'] ?? ''
  return async () => {
    await pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), client.query(from('COPY users FROM STDIN')))
    await client.end()
  }
})
