import { describe, expect, onTestFinished, test } from 'vitest'
import { type ApplyPorts, machinePorts } from '../../src/apply/ports.ts'
import { up } from '../../src/apply/up.ts'
import { type Connection, connect } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { waitingPid } from '../support/apply-process.ts'
import { createTestDatabase } from '../support/database.ts'
import { failureOf } from '../support/failure.ts'
import { createHistory } from '../support/migrations.ts'
import { queryRows } from '../support/query-rows.ts'

describe('a lock that another session holds', () => {
  test('is tried for again and again, as a whole transaction, until it is free', async () => {
    const { database, holder, history } = await contended('CREATE TABLE b (); ALTER TABLE "A a" ADD b int')
    const pauses: number[] = []
    const ports = portsThat({
      sleep: async (ms) => {
        pauses.push(ms)
        if (pauses.length === 4) await holder.query('COMMIT')
      },
    })

    const result = await up({ database, history, lockTimeoutMs: 20, ports })

    expect(result.steps[0]).toMatchObject({ attempts: 5, statements: 2 })
    expect(pauses).toEqual([100, 200, 400, 800])
  })

  test('is given up after the budget, naming who holds it, with nothing changed', async () => {
    const { database, holder, history } = await contended('CREATE TABLE b ();\nALTER TABLE "A a" ADD b int')

    const failure = await failureOf(() => up({ database, history, lockTimeoutMs: 150, lockBudgetMs: 400 }))

    expect(failure.code).toBe('APPLY_LOCK_TIMEOUT')
    expect(failure.details.where).toMatchObject({ line: 2, column: 1 })
    expect(failure.details.why).toMatch(
      /^session \d+ \(psql of "anna", user \S+( from \S+)?, idle in transaction since \S+Z\) held a lock on "A a" \(wanted: AccessExclusiveLock\)/,
    )
    const [pid] = await queryRows(holder, 'SELECT pg_backend_pid()')
    expect(failure.details.fix).toContain(`SELECT pg_terminate_backend(${String(pid)})`)
    expect(failure.details.meta).toMatchObject({ applied: [], failed: '2_b' })
    await holder.query('COMMIT')
    expect(await queryRows(holder, "SELECT to_regclass('b')")).toEqual(['NULL'])
    expect(await queryRows(holder, 'SELECT count(*) FROM _prisma_migrations')).toEqual(['1'])
  })

  test('holds nobody up between two attempts', async () => {
    const { database, holder, history } = await contended('ALTER TABLE "A a" ADD b int')
    const reader = await open(database)
    await holder.query('COMMIT; BEGIN; SELECT * FROM "A a"')
    const read: (readonly string[])[] = []
    const ports = portsThat({
      sleep: async () => {
        read.push(await queryRows(reader, 'SELECT count(*) FROM "A a"'))
        await holder.query('COMMIT')
      },
    })

    await up({ database, history, lockTimeoutMs: 20, ports })

    expect(read).toEqual([['0']])
  })

  test('is waited for in peace by a statement that keeps nobody waiting', async () => {
    const { database, holder, history } = await contended('CREATE INDEX CONCURRENTLY i ON "A a" (id)')
    await holder.query('COMMIT; BEGIN; INSERT INTO "A a" VALUES (1)')

    const running = up({ database, history, lockTimeoutMs: 20 })
    const watcher = await open(database)
    await waitingPid(watcher, "locktype = 'virtualxid'")
    await holder.query('COMMIT')

    expect((await running).steps[0]).toMatchObject({ attempts: 1 })
  })

  test('leaves no INVALID index where even that takes too long', async () => {
    const { database, holder, history } = await contended('CREATE INDEX CONCURRENTLY i ON "A a" (id)')
    await holder.query('COMMIT; BEGIN; INSERT INTO "A a" VALUES (1)')
    const ports = portsThat({ sleep: () => Promise.resolve() })

    const failure = await failureOf(() => up({ database, history, lockBudgetMs: 300, ports }))
    expect(failure.code).toBe('APPLY_LOCK_TIMEOUT')
    await holder.query('COMMIT')

    expect((await up({ database, history })).applied).toEqual(['2_b'])
    expect(await queryRows(holder, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass")).toEqual(['t'])
  })
})

describe('an abort signal', () => {
  test('stops the run between two commit groups, and the next run goes on', async () => {
    const database = await createTestDatabase()
    const history = await createHistory({
      '1_a': 'SELECT 1',
      '2_b': 'CREATE TABLE b (id int); CREATE INDEX CONCURRENTLY ON b (id); SELECT 2',
      '3_c': 'SELECT 1',
    }).read()
    const stopping = new AbortController()

    const failure = await failureOf(() =>
      up({
        database,
        history,
        signal: stopping.signal,
        report: ({ detail }) => {
          if (detail === '2_b') stopping.abort()
        },
      }),
    )

    expect(failure.code).toBe('APPLY_INTERRUPTED')
    expect(failure.details.meta).toMatchObject({ applied: ['1_a'], failed: '2_b', notTried: ['3_c'] })
    expect((await up({ database, history })).applied).toEqual(['2_b', '3_c'])
  })

  test('ends the waiting for a lock', async () => {
    const { database, history } = await contended('ALTER TABLE "A a" ADD b int')
    const stopping = new AbortController()

    const failure = await failureOf(() =>
      up({
        database,
        history,
        lockTimeoutMs: 20,
        signal: stopping.signal,
        report: ({ stage }) => {
          if (stage === 'waiting for a lock') stopping.abort()
        },
      }),
    )

    expect(failure.code).toBe('APPLY_INTERRUPTED')
  })
})

/** A table that a session holds with ACCESS EXCLUSIVE, and a second migration that needs it. */
async function contended(sql: string) {
  const database = await createTestDatabase()
  const files = createHistory({ '1_a': 'CREATE TABLE "A a" (id int)' })
  await up({ database, history: await files.read() })
  const holder = await open(database, 'psql of "anna"')
  await holder.query('BEGIN; LOCK TABLE "A a" IN ACCESS EXCLUSIVE MODE')
  return { database, holder, history: await files.write({ '2_b': sql }) }
}

async function open(database: DatabaseUrl, applicationName = 'test'): Promise<Connection> {
  const connection = await connect(database, { applicationName })
  onTestFinished(() => connection.end())
  return connection
}

/** The machine without chance. */
function portsThat(changes: Partial<ApplyPorts>): ApplyPorts {
  return { ...machinePorts, random: () => 0.5, ...changes }
}
