import { randomBytes } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { connect, withConnection } from '../../../src/postgres/connect.ts'
import { type DatabaseUrl, parseDatabaseUrl, revealUrl } from '../../../src/postgres/database-url.ts'
import { machineName } from '../../../src/postgres/embedded/machine.ts'
import { newRehearsalName, readRehearsalOwner } from '../../../src/postgres/rehearsal/rehearsal-names.ts'
import { createRehearsals, type Rehearsals } from '../../../src/postgres/rehearsal/rehearsals.ts'
import { testServer } from '../../support/database.ts'
import { failureOf } from '../../support/failure.ts'
import { crash, runServerProcess, startAndAwaitLine } from '../../support/run-server-process.ts'

test('a rehearsal is an empty database that is gone after its use', async () => {
  const { rehearsals } = openRehearsals()
  const names: string[] = []
  {
    await using rehearsal = await rehearsals.clone(undefined)
    names.push(rehearsal.name)
    expect(await query(rehearsal.url, "SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace")).toEqual([])
    expect(await databases(names)).toEqual(names)
    const [server] = await query(rehearsal.url, "SELECT split_part(current_setting('server_version'), '.', 1) AS major")
    expect(server).toEqual({ major: await rehearsals.majorVersion() })
  }
  expect(await databases(names)).toEqual([])
})

test('dropping ends the sessions that are still there, and dropping twice is no error', async () => {
  const { rehearsals } = openRehearsals()
  const rehearsal = await rehearsals.clone(undefined)
  const connection = await connect(rehearsal.url)
  const sleeping = connection.query('SELECT pg_sleep(600)').catch((error: unknown) => error)
  await rehearsal.drop()
  expect(await sleeping).toBeInstanceOf(Error)
  await rehearsal.drop()
  expect(await databases([rehearsal.name])).toEqual([])
})

test('a kept rehearsal is a template, from which any number can be cloned at once', async () => {
  const { rehearsals } = openRehearsals()
  const key = newKey()
  expect(await rehearsals.has(key)).toBe(false)
  await keepWith(rehearsals, key, 'CREATE TABLE one AS SELECT 1 AS value')
  expect(await rehearsals.has(key)).toBe(true)
  const clones = await Promise.all([1, 2, 3].map(() => rehearsals.clone(key)))
  for (const clone of clones) {
    expect(await query(clone.url, 'SELECT value FROM one')).toEqual([{ value: 1 }])
    await clone.drop()
  }
})

test('keeping ends sessions of the rehearsal, and dropping it afterwards leaves the template', async () => {
  const { rehearsals } = openRehearsals()
  const key = newKey()
  const rehearsal = await rehearsals.clone(undefined)
  const forgotten = await connect(rehearsal.url)
  await rehearsals.keep(rehearsal, key)
  await expect(forgotten.query('SELECT 1')).rejects.toThrow()
  await rehearsal.drop()
  expect(await rehearsals.has(key)).toBe(true)
})

test('a standing rehearsal is one database for everybody who comes, one at a time, and goes with its template', async () => {
  const { rehearsals } = openRehearsals()
  const key = newKey()
  await keepWith(rehearsals, key, 'CREATE TABLE one AS SELECT 1 AS value')
  const first = await rehearsals.stand(key)
  const { rows } = (await first?.connection.query('SELECT value FROM one')) ?? {}
  expect(rows).toEqual([{ value: 1 }])
  expect(await rehearsals.stand(key)).toBeUndefined()
  // Whoever cleans up lets the one in use be.
  await rehearsals.clear()
  expect(await databases([first?.url.database ?? ''])).toHaveLength(1)
  await first?.[Symbol.asyncDispose]()
  await keepWith(rehearsals, key, 'CREATE TABLE one AS SELECT 2 AS value')
  const second = await rehearsals.stand(key)
  expect(second?.url.database).toBe(first?.url.database)
  await second?.[Symbol.asyncDispose]()
  await rehearsals.clear()
  expect(await databases([second?.url.database ?? ''])).toEqual([])
})

test('find gives the first key that is there, in the order asked', async () => {
  const { rehearsals } = openRehearsals()
  const [first, second] = [newKey(), newKey()]
  for (const key of [second, first]) await rehearsals.keep(await rehearsals.clone(undefined), key)
  expect(await rehearsals.find([newKey(), first, second])).toBe(first)
  expect(await rehearsals.find([second, first])).toBe(second)
  expect(await rehearsals.find([newKey()])).toBeUndefined()
  expect(await rehearsals.find([])).toBeUndefined()
})

test('projects do not see each other’s templates', async () => {
  const key = newKey()
  const { rehearsals } = openRehearsals()
  await rehearsals.keep(await rehearsals.clone(undefined), key)
  const { rehearsals: others } = openRehearsals()
  expect(await others.has(key)).toBe(false)
  expect(await others.clear()).toBe(0)
  expect(await rehearsals.has(key)).toBe(true)
})

test('beyond the limit the least recently used template goes', async () => {
  const { rehearsals, namespace } = openRehearsals(3)
  const keys = [newKey(), newKey(), newKey(), newKey()] as const
  for (const key of keys.slice(0, 3)) await rehearsals.keep(await rehearsals.clone(undefined), key)
  // As if they had been used long ago, the first one most recently.
  for (const [index, key] of keys.slice(0, 3).entries()) {
    const template = `tide_tpl_${namespace}_${key.slice(0, 20)}`
    await query(testServer(), `COMMENT ON DATABASE "${template}" IS 'tide rehearsal template, used ${String(9 - index)}'`)
  }
  await (await rehearsals.clone(keys[2])).drop()
  await rehearsals.keep(await rehearsals.clone(undefined), keys[3])
  const present = await Promise.all(keys.map((key) => rehearsals.has(key)))
  expect(present).toEqual([true, false, true, true])
})

test('a template that vanished is a failure that says to try again', async () => {
  const { rehearsals } = openRehearsals()
  const failure = await failureOf(() => rehearsals.clone(newKey()))
  expect(failure.code).toBe('REHEARSAL_TEMPLATE_MISSING')
})

test('of two that keep the same key at the same time one wins, and no database is left over', async () => {
  const { rehearsals, namespace } = openRehearsals()
  const key = newKey()
  const server = revealUrl(testServer())
  const names = await Promise.all([1, 2, 3].map(() => runServerProcess(['keep', server, namespace, key])))
  expect(await rehearsals.has(key)).toBe(true)
  expect(await databases(names.map(String))).toEqual([])
})

test('the rehearsal of a process that died is dropped by the next one; that of a living process is left', async () => {
  const { rehearsals, namespace } = openRehearsals()
  const server = revealUrl(testServer())
  const dead = await startAndAwaitLine(['clone', server, namespace])
  const living = await startAndAwaitLine(['clone', server, namespace])
  onTestFinished(() => void living.child.kill('SIGKILL'))
  await crash(dead.child)
  const names = [String(dead.line), String(living.line)]
  expect(await databases(names)).toEqual([...names].sort())
  const next = await rehearsals.clone(undefined)
  expect(await databases(names)).toEqual([String(living.line)])
  await next.drop()
  await crash(living.child)
  await rehearsals.clear()
  expect(await databases(names)).toEqual([])
})

test('the rehearsal of a dead process is left while somebody is connected to it', async () => {
  const { rehearsals, namespace } = openRehearsals()
  const { child, line } = await startAndAwaitLine(['clone', revealUrl(testServer()), namespace])
  await crash(child)
  const name = String(line)
  await withConnection(withDatabaseName(name), async () => {
    await rehearsals.clear()
    expect(await databases([name])).toEqual([name])
  })
})

test('a rehearsal of another machine stays for a day, and longer while its process holds a session', async () => {
  const { rehearsals, namespace } = openRehearsals()
  const now = Math.floor(Number((await query(testServer(), 'SELECT extract(epoch FROM now()) AS now'))[0]?.['now']))
  const day = 24 * 60 * 60
  const elsewhere = (since: number, machine: string): string =>
    newRehearsalName(namespace, since).replace(/_[0-9a-f]{6}_/, `_${machine}_`)
  const [young, old, used] = [elsewhere(now - 60, '000000'), elsewhere(now - 2 * day, '000000'), elsewhere(now - 2 * day, '111111')]
  onTestFinished(async () => {
    for (const name of [young, old, used]) await query(testServer(), `DROP DATABASE IF EXISTS "${name}"`)
  })
  const applicationName = `tide rehearsals ${readRehearsalOwner(used)?.tag ?? ''}`
  // The process's session is there before its rehearsal: other tests sweep the same server.
  await withConnection(testServer(), async () => {
    for (const name of [young, old, used]) await query(testServer(), `CREATE DATABASE "${name}"`)
    await rehearsals.clear()
  }, { applicationName })
  expect(await databases([young, old, used])).toEqual([young, used].sort())
})

test('a role that may not create databases gets a failure that names it and the way out', async () => {
  const role = `Restricted ${randomBytes(4).toString('hex')}`
  await query(testServer(), `CREATE ROLE "${role}" LOGIN PASSWORD 'only for this test'`)
  onTestFinished(() => query(testServer(), `DROP ROLE "${role}"`).then(() => undefined))
  const whole = new URL(revealUrl(testServer()))
  whole.username = encodeURIComponent(role)
  whole.password = encodeURIComponent('only for this test')
  const { rehearsals } = openRehearsals(40, parseDatabaseUrl(whole.toString(), 'the test'))
  const failure = await failureOf(() => rehearsals.clone(undefined))
  expect(failure.code).toBe('REHEARSAL_NO_PERMISSION')
  expect(failure.details.message).toContain(`"${role}"`)
  expect(failure.details.fix).toContain('rehearsal.url')
  expect(JSON.stringify(failure)).not.toContain('only for this test')
})

test('a role without superuser rights may rehearse', async () => {
  const role = `rehearser_${randomBytes(4).toString('hex')}`
  await query(testServer(), `CREATE ROLE ${role} LOGIN CREATEDB PASSWORD 'x'`)
  onTestFinished(() => query(testServer(), `DROP ROLE ${role}`).then(() => undefined))
  const whole = new URL(revealUrl(testServer()))
  whole.username = role
  whole.password = 'x'
  const { rehearsals } = openRehearsals(40, parseDatabaseUrl(whole.toString(), 'the test'))
  const key = newKey()
  await keepWith(rehearsals, key, 'CREATE TABLE one AS SELECT 1 AS value')
  const clone = await rehearsals.clone(key)
  expect(await query(clone.url, 'SELECT value FROM one')).toEqual([{ value: 1 }])
  await clone.drop()
  expect(await rehearsals.clear()).toBe(1)
})

test('a lost session is opened again', async () => {
  const { rehearsals } = openRehearsals()
  await (await rehearsals.clone(undefined)).drop()
  const tag = readRehearsalOwner(newRehearsalName('', 0))?.tag ?? machineName()
  const lost = `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name LIKE '%${tag}'`
  await query(testServer(), lost)
  await expect.poll(() => rehearsals.has(newKey()).catch(() => undefined)).toBe(false)
})

/** Rehearsals of a project of its own, closed and cleared when the test is over. */
function openRehearsals(limit = 40, server = testServer()): { rehearsals: Rehearsals; namespace: string } {
  const namespace = randomBytes(4).toString('hex')
  const rehearsals = createRehearsals({ server, namespace, limit })
  onTestFinished(async () => {
    await rehearsals.clear().catch(() => 0)
    await rehearsals[Symbol.asyncDispose]()
  })
  return { rehearsals, namespace }
}

async function keepWith(rehearsals: Rehearsals, key: string, sql: string): Promise<void> {
  const rehearsal = await rehearsals.clone(undefined)
  await query(rehearsal.url, sql)
  await rehearsals.keep(rehearsal, key)
}

function newKey(): string {
  return randomBytes(32).toString('hex')
}

function query(url: DatabaseUrl, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return withConnection(url, async (connection) => (await connection.query<Record<string, unknown>>(sql)).rows)
}

/** Which of these databases exist, sorted. */
async function databases(names: readonly string[]): Promise<readonly string[]> {
  return withConnection(testServer(), async (connection) => {
    const sql = 'SELECT datname AS name FROM pg_database WHERE datname = ANY($1) ORDER BY datname COLLATE "C"'
    return (await connection.query<{ name: string }>(sql, [names])).rows.map((row) => row.name)
  })
}

function withDatabaseName(name: string): DatabaseUrl {
  const whole = new URL(revealUrl(testServer()))
  whole.pathname = `/${name}`
  return parseDatabaseUrl(whole.toString(), 'the test')
}

test('a database is copied and replaced only where nobody was in it since its sessions were counted', async () => {
  const { rehearsals } = openRehearsals()
  const [target, other] = [await rehearsals.clone(undefined), await rehearsals.clone(undefined)]
  await query(other.url, 'CREATE TABLE other AS SELECT 1 AS value')
  const sessions = (await rehearsals.countSessions(target.name)) ?? -1
  expect(sessions).toBe(0)
  const copy = await rehearsals.copyQuiet(target.name, sessions)
  expect(await databases([copy?.name ?? ''])).toEqual([copy?.name])
  await copy?.drop()

  await query(target.url, 'SELECT 1 AS value')
  expect(await rehearsals.countSessions(target.name)).toBe(1)
  expect(await rehearsals.copyQuiet(target.name, sessions)).toBeUndefined()
  expect(await rehearsals.replace(target.name, other, sessions)).toBe(false)
  const guest = await connect(target.url)
  expect(await rehearsals.countSessions(target.name)).toBeUndefined()
  expect(await rehearsals.copyQuiet(target.name, 2)).toBeUndefined()
  expect(await rehearsals.replace(target.name, other, 2)).toBe(false)
  await guest.end()

  expect(await rehearsals.countSessions(target.name)).toBe(2)
  expect(await rehearsals.replace(target.name, other, 2)).toBe(true)
  expect(await query(target.url, 'SELECT value FROM other')).toEqual([{ value: 1 }])
  expect(await databases([other.name])).toEqual([])
  expect(await rehearsals.countSessions('there_is_no_such_database')).toBeUndefined()
  await target.drop()
})
