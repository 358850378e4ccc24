import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { deleteEmbeddedData } from '../../../src/postgres/embedded/delete-data.ts'
import { ensureEmbeddedServer } from '../../../src/postgres/embedded/ensure-server.ts'
import { embeddedServerStatus } from '../../../src/postgres/embedded/server-status.ts'
import { stopEmbeddedServer } from '../../../src/postgres/embedded/stop-server.ts'
import { createEmbeddedDirectory } from '../../support/embedded-directory.ts'
import { failureOf } from '../../support/failure.ts'
import { crash, runServerProcess, startServerProcess } from '../../support/run-server-process.ts'

test('a data folder whose making was killed is made anew, and nothing of it is left', async () => {
  const directory = await createEmbeddedDirectory()
  const child = startServerProcess(['ensure', directory])
  const isBegun = (): boolean => readdirSync(directory).some((name) => existsSync(join(directory, name, 'data', 'base')))
  await vi.waitUntil(isBegun, { timeout: 30_000, interval: 5 })
  await crash(child)
  expect(existsSync(join(directory, 'postgres'))).toBe(false)
  expect((await ensureEmbeddedServer({ directory })).started).toBe(true)
  await stopEmbeddedServer({ directory })
  await deleteEmbeddedData({ directory })
  expect(readdirSync(directory)).toEqual([])
})

test('an empty data folder is filled', async () => {
  const directory = await createEmbeddedDirectory()
  mkdirSync(join(directory, 'postgres'))
  expect((await ensureEmbeddedServer({ directory })).started).toBe(true)
})

test('a data folder of another major version is refused, and left as it is', async () => {
  const directory = await createEmbeddedDirectory()
  mkdirSync(join(directory, 'postgres'))
  writeFileSync(join(directory, 'postgres', 'PG_VERSION'), '16\n')
  const failure = await failureOf(() => ensureEmbeddedServer({ directory }))
  expect(failure.code).toBe('EMBEDDED_DATA_VERSION')
  expect(failure.details.message).toBe(
    'The embedded data folder was made by PostgreSQL 16; this is PostgreSQL 18.',
  )
  expect(failure.details.fix).toContain('tide db reset')
  expect(readFileSync(join(directory, 'postgres', 'PG_VERSION'), 'utf8')).toBe('16\n')
})

test('a folder that is no data folder is refused, and left as it is', async () => {
  const directory = await createEmbeddedDirectory()
  mkdirSync(join(directory, 'postgres'))
  writeFileSync(join(directory, 'postgres', 'notes.txt'), 'mine')
  expect((await failureOf(() => ensureEmbeddedServer({ directory }))).code).toBe('EMBEDDED_DATA')
  expect(readFileSync(join(directory, 'postgres', 'notes.txt'), 'utf8')).toBe('mine')
})

test('a data folder whose tide.json is missing or damaged is refused; after a reset a new one is made', async () => {
  const directory = await createEmbeddedDirectory()
  await ensureEmbeddedServer({ directory })
  await stopEmbeddedServer({ directory })
  const file = join(directory, 'postgres', 'tide.json')
  for (const text of [undefined, '{"port": 1', '{"name": "x"}']) {
    rmSync(file, { force: true })
    if (text !== undefined) writeFileSync(file, text)
    const failure = await failureOf(() => ensureEmbeddedServer({ directory }))
    expect(failure.code).toBe('EMBEDDED_DATA')
    expect(failure.details.why).toContain('tide.json')
  }
  await deleteEmbeddedData({ directory })
  expect((await ensureEmbeddedServer({ directory })).started).toBe(true)
})

test('a postmaster.pid whose number belongs to another program by now is no obstacle', async () => {
  const directory = await createEmbeddedDirectory()
  await ensureEmbeddedServer({ directory })
  await stopEmbeddedServer({ directory })
  const lines = [process.pid, '/elsewhere', 1, 5432, '', '127.0.0.1', '', 'ready']
  writeFileSync(join(directory, 'postgres', 'postmaster.pid'), lines.join('\n'))
  expect(await embeddedServerStatus({ directory })).toMatchObject({ running: false })
  expect(await stopEmbeddedServer({ directory })).toBe(false)
  expect((await ensureEmbeddedServer({ directory })).started).toBe(true)
})

test('a damaged data folder is a failure that repeats the words of the server and names the log', async () => {
  const directory = await createEmbeddedDirectory()
  await ensureEmbeddedServer({ directory })
  await stopEmbeddedServer({ directory })
  rmSync(join(directory, 'postgres', 'global', 'pg_control'))
  const failure = await failureOf(() => ensureEmbeddedServer({ directory }))
  expect(failure.code).toBe('EMBEDDED_START')
  expect(failure.details.why).toContain('could not find the database system')
  expect(failure.details.fix).toContain(join(directory, 'postgres.log'))
})

test('a folder where a file should be is refused', async () => {
  const home = await createEmbeddedDirectory()
  writeFileSync(join(home, 'file'), '')
  const failure = await failureOf(() => ensureEmbeddedServer({ directory: join(home, 'file', '.tide') }))
  expect(failure.code).toBe('EMBEDDED_DIRECTORY')
})

const isRoot = process.getuid?.() === 0

test.skipIf(!isRoot)('a full disk is a failure that says so, and leaves nothing half made (needs root)', async () => {
  const directory = await createEmbeddedDirectory()
  const small = ['unshare', '-m', 'sh', '-c', `mount -t tmpfs -o size=12m tide-test ${directory} && exec "$0" "$@"`]
  const outcome = await runServerProcess(['ensure', directory], { wrapper: small })
  expect(outcome).toMatchObject({ code: 'EMBEDDED_DISK_FULL' })
})
