import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from, to } from 'pg-copy-streams'
import { race } from '../seed-race/table.ts'

/** COPY out of one database into another, unmasked: what the servers and the wire allow. */
await race(async (url, rows) => {
  const [source, target] = [new pg.Client({ connectionString: process.env['BENCH_SOURCE'] }), new pg.Client({ connectionString: url })]
  await Promise.all([source.connect(), target.connect()])
  return async () => {
    await pipeline(source.query(to(`COPY (SELECT * FROM users LIMIT ${rows}) TO STDOUT`)), target.query(from('COPY users FROM STDIN')))
    await Promise.all([source.end(), target.end()])
  }
})
