/* npm run torture: kills a backfill, a fix and its undo a hundred times, cuts connections: did each row change once? */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCuttingProxy } from '../../test/support/cutting-proxy.ts'
import { createTortureTable, torture } from '../../test/support/torture.ts'
import { tortureFix } from '../../test/support/torture-fix.ts'
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
  await withConnection(database, (connection) => connection.query('UPDATE torture SET times = 0; DROP SCHEMA tide CASCADE'))
  await using proxy = await startCuttingProxy(database, 60)
  const cut = await torture(database, 0, 1, proxy.url)
  const isWhole = [cut.visited, cut.changed, cut.once].every((count) => count === cut.rows) && cut.state === 'done'
  console.log(`${proxy.cuts()} connections of such a backfill cut: ${cut.once} changed exactly once, ${cut.visited} gone through and ${cut.changed} changed by its own count; ${cut.state}.`)
  if (!isWhole || proxy.cuts() === 0) process.exitCode = 1
  await withConnection(database, (connection) => connection.query('UPDATE torture SET times = 0'))
  const fix = await tortureFix(database, kills, Math.max(20, Math.round((rows / kills) * 0.12)))
  const isFixed = fix.run.right === fix.run.rows && fix.run.visited === fix.run.rows && fix.run.kept === fix.run.rows
  console.log(`${fix.run.kills} kills of a fix of ${fix.run.rows} rows in batches: ${fix.run.right} changed exactly once, ${fix.run.visited} gone through by its own count, ${fix.run.kept} kept as they were.`)
  const isUndone = fix.undo.right === fix.undo.rows && fix.undo.kept === 0
  console.log(`${fix.undo.kills} kills of its undo: ${fix.undo.right} rows are what they were, ${fix.undo.rows - fix.undo.right} are not.`)
  if (!isFixed || !isUndone) process.exitCode = 1
} finally {
  await stopEmbeddedServer({ directory })
  await rm(directory, { recursive: true, force: true })
}
