import { statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import { type DatabaseUrl, parseDatabaseUrl, revealUrl } from '../../../src/postgres/database-url.ts'
import { isPortFree } from '../../../src/postgres/embedded/choose-port.ts'
import { ensureEmbeddedServer } from '../../../src/postgres/embedded/ensure-server.ts'
import { isAlive } from '../../../src/postgres/embedded/machine.ts'
import { embeddedServerStatus } from '../../../src/postgres/embedded/server-status.ts'
import { stopEmbeddedServer } from '../../../src/postgres/embedded/stop-server.ts'
import { createEmbeddedDirectory, createKeptEmbeddedDirectory, serverPid } from '../../support/embedded-directory.ts'
import { failureOf } from '../../support/failure.ts'
import { runServerProcess } from '../../support/run-server-process.ts'

/** Of the tests that ask nothing of how it was made: making a data folder takes longer than all that they do. */
let shared: string

beforeAll(async () => {
  const { directory, remove } = await createKeptEmbeddedDirectory()
  shared = directory
  return remove
})

test('a first start makes a server, a second call finds it, and it outlives the process that made it', async () => {
  const directory = await createEmbeddedDirectory()
  const first = await runServerProcess(['ensure', directory])
  expect(first).toMatchObject({ started: true })
  const again = await ensureEmbeddedServer({ directory })
  expect(again).toMatchObject({ started: false, port: first['port'] })
  expect(revealUrl(again.url)).toBe(first['url'])
  expect(await query(again.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('the server speaks UTF-8 in the locale C.UTF-8, lives in UTC, and listens on 127.0.0.1 only', async () => {
  const { url } = await ensureEmbeddedServer({ directory: shared })
  const sql = `
    SELECT current_setting('TimeZone') AS zone, current_setting('listen_addresses') AS address,
           pg_encoding_to_char(encoding) AS encoding, datlocale AS locale, upper('é') AS upper,
           current_setting('default_text_search_config') AS search
    FROM pg_database WHERE datname = current_database()`
  expect(await query(url, sql)).toEqual([
    {
      zone: 'UTC',
      address: '127.0.0.1',
      encoding: 'UTF8',
      locale: 'C.UTF-8',
      upper: 'É',
      search: 'pg_catalog.english',
    },
  ])
})

test('the password is random, kept where only the owner reads it, and printed nowhere', async () => {
  const directory = shared
  const server = await ensureEmbeddedServer({ directory })
  expect(statSync(join(directory, 'postgres', 'tide.json')).mode & 0o777).toBe(0o600)
  const password = new URL(revealUrl(server.url)).password
  expect(password).toHaveLength(24)
  expect(`${String(server.url)} ${JSON.stringify(server)}`).not.toContain(password)
  const wrong = parseDatabaseUrl(revealUrl(server.url).replace(password, 'guess'), 'the test')
  expect((await failureOf(() => query(wrong, 'SELECT 1'))).code).toBe('POSTGRES_AUTHENTICATION')
})

test('the data, the port and the password survive a stop', async () => {
  const directory = shared
  const first = await ensureEmbeddedServer({ directory })
  await query(first.url, 'DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer')
  expect(await stopEmbeddedServer({ directory })).toBe(true)
  expect(await embeddedServerStatus({ directory })).toMatchObject({ running: false, port: first.port })
  const second = await ensureEmbeddedServer({ directory })
  expect(second.started).toBe(true)
  expect(revealUrl(second.url)).toBe(revealUrl(first.url))
  expect(await query(second.url, 'SELECT * FROM kept')).toEqual([{ answer: 42 }])
})

test('stopping ends open sessions, waits until the process is gone, and says when there was nothing to stop', async () => {
  const directory = shared
  await stopEmbeddedServer({ directory })
  expect(await stopEmbeddedServer({ directory })).toBe(false)
  const { url } = await ensureEmbeddedServer({ directory })
  const pid = await serverPid(directory)
  const sleeping = query(url, 'SELECT pg_sleep(600)').catch((error: unknown) => error)
  expect(await stopEmbeddedServer({ directory })).toBe(true)
  expect(isAlive(pid)).toBe(false)
  expect(await sleeping).toBeInstanceOf(Error)
  expect(await stopEmbeddedServer({ directory })).toBe(false)
})

test('two processes that race for the first start share one server', async () => {
  const directory = await createEmbeddedDirectory()
  const runs = await Promise.all([1, 2, 3].map(() => runServerProcess(['ensure', directory])))
  expect(runs.filter((run) => run['started'] === true)).toHaveLength(1)
  expect(new Set(runs.map((run) => run['url'])).size).toBe(1)
})

test('a server that was killed is started again with its data', async () => {
  const directory = shared
  const { url } = await ensureEmbeddedServer({ directory })
  await query(url, 'DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer')
  // Ended sessions write out their WAL; what synchronous_commit=off still holds back is lost with the process.
  await query(url, 'CHECKPOINT')
  const pid = await serverPid(directory)
  process.kill(pid, 'SIGKILL')
  await vi.waitUntil(() => !isAlive(pid))
  const again = await ensureEmbeddedServer({ directory })
  expect(again.started).toBe(true)
  expect(await query(again.url, 'SELECT * FROM kept')).toEqual([{ answer: 42 }])
})

test('where the remembered port was taken meanwhile, another one is chosen and remembered', async () => {
  const directory = shared
  const { port } = await ensureEmbeddedServer({ directory })
  await stopEmbeddedServer({ directory })
  await takePort(port)
  const moved = await ensureEmbeddedServer({ directory })
  expect(moved.port).not.toBe(port)
  await query(moved.url, 'SELECT 1')
  await stopEmbeddedServer({ directory })
  expect((await ensureEmbeddedServer({ directory })).port).toBe(moved.port)
})

test('a fixed port is used, also by a server that ran on another one', async () => {
  const directory = await createEmbeddedDirectory()
  const { port } = await ensureEmbeddedServer({ directory })
  const fixed = await freePort(port + 1)
  const server = await ensureEmbeddedServer({ directory, port: fixed })
  expect(server).toMatchObject({ port: fixed, started: true })
  await query(server.url, 'SELECT 1')
  expect(await ensureEmbeddedServer({ directory, port: fixed })).toMatchObject({ started: false })
})

test('a fixed port that is taken is a failure that names it', async () => {
  const directory = await createEmbeddedDirectory()
  const port = await freePort(26_000)
  await takePort(port)
  const failure = await failureOf(() => ensureEmbeddedServer({ directory, port }))
  expect(failure.code).toBe('EMBEDDED_PORT_TAKEN')
  expect(failure.details.message).toContain(String(port))
})

test('a project that was moved while its server ran keeps that server; a copy of it gets its own', async () => {
  const { cpSync, renameSync } = await import('node:fs')
  const home = await createEmbeddedDirectory()
  const [before, after, copy] = [join(home, 'a'), join(home, 'b'), join(home, 'c')]
  onTestFinished(async () => {
    for (const directory of [after, copy]) await stopEmbeddedServer({ directory })
  })
  const first = await ensureEmbeddedServer({ directory: before })
  renameSync(before, after)
  expect(await ensureEmbeddedServer({ directory: after })).toMatchObject({ started: false, port: first.port })
  await query(first.url, 'CHECKPOINT')
  cpSync(after, copy, { recursive: true })
  if (process.getuid?.() === 0) await giveTo(copy, statSync(join(after, 'postgres')))
  const other = await ensureEmbeddedServer({ directory: copy })
  expect(other.started).toBe(true)
  expect(other.port).not.toBe(first.port)
})

function query(url: DatabaseUrl, sql: string): Promise<readonly object[]> {
  return withConnection(url, async (connection) => (await connection.query<object>(sql)).rows)
}

async function freePort(from: number): Promise<number> {
  for (let port = from; ; port++) if (await isPortFree(port)) return port
}

async function takePort(port: number): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
}

async function giveTo(folder: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  const { chown, readdir } = await import('node:fs/promises')
  const data = join(folder, 'postgres')
  await chown(data, uid, gid)
  for (const path of await readdir(data, { recursive: true })) await chown(join(data, path), uid, gid)
}
