/* npm run torture: kills a backfill a hundred times, and says whether every row was changed once. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTortureTable, torture } from '../../test/support/torture.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import { withDatabase } from '../../src/postgres/database-url.ts'
import { ensureEmbeddedServer } from '../../src/postgres/embedded/ensure-server.ts'
import { stopEmbeddedServer } from '../../src/postgres/embedded/stop-server.ts'

const [rows = 200_000, kills = 100] = process.argv.slice(2).map(Number)
const directory = await mkdtemp(join(tmpdir(), 'tide-torture-'))
try {
  const server = await ensureEmbeddedServer({ directory })
  await withConnection(server.url, (connection) => connection.query('CREATE DATABASE torture'))
  const database = withDatabase(server.url, 'torture')
  await createTortureTable(database, rows)
  // Short lives, so that the rows last for all of them.
  const result = await torture(database, kills, Math.max(20, Math.round((rows / kills) * 0.04)))
  const { visited, changed, once, state } = result
  const isRight = [visited, changed, once].every((count) => count === result.rows) && state === 'done'
  console.log(`${result.kills} kills of a backfill of ${result.rows} rows with 4 workers: ${once} changed exactly once, ${visited} gone through and ${changed} changed by its own count; ${state}.`)
  if (!isRight) process.exitCode = 1
} finally {
  await stopEmbeddedServer({ directory })
  await rm(directory, { recursive: true, force: true })
}
