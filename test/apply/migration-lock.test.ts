import { describe, expect, onTestFinished, test } from 'vitest'
import { up } from '../../src/apply/up.ts'
import { type Connection, connect } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { startApply } from '../support/apply-process.ts'
import { createTestDatabase } from '../support/database.ts'
import { failureOf } from '../support/failure.ts'
import { createHistory } from '../support/migrations.ts'
import { queryRows } from '../support/query-rows.ts'
import { startTransactionPooler } from '../support/transaction-pooler.ts'

describe('the migration lock', () => {
  test('lets two processes at once apply each migration once', async () => {
    const database = await createTestDatabase()
    const history = createHistory(
      Object.fromEntries(
        Array.from({ length: 12 }, (_, index) => [
          `${String(index + 10)}_m`,
          `CREATE TABLE t${String(index)} (id int); CREATE INDEX CONCURRENTLY ON t${String(index)} (id)`,
        ]),
      ),
    )

    const results = await Promise.all(
      [1, 2, 3].map(() => startApply('up', database, history.directory).result),
    )

    const applied = results.flatMap((result) => result?.['applied'] ?? [result])
    expect(applied.toSorted()).toEqual((await history.read()).map(({ name }) => name))
    const watcher = await open(database)
    expect(await queryRows(watcher, "SELECT count(*) FROM pg_indexes WHERE tablename ~ '^t[0-9]'")).toEqual(['12'])
  })

  test('is refused naming its holder', async () => {
    const database = await createTestDatabase()
    const holder = await open(database, 'prisma of "bob"')
    await holder.query('SELECT pg_advisory_lock(72707369)')

    const failure = await failureOf(async () =>
      up({ database, history: await createHistory({ '1_a': 'SELECT 1' }).read(), runLockTimeoutMs: 200 }),
    )

    expect(failure.code).toBe('APPLY_LOCK_HELD')
    expect(failure.details.why).toMatch(/^It is held by session \d+ \(prisma of "bob", user \S+( from \S+)?, idle since \S+Z\)\.$/)
    expect(await queryRows(holder, "SELECT to_regclass('_prisma_migrations')")).toEqual(['NULL'])
  })

  test('is refused behind a pooler in transaction mode, where it would mean nothing', async () => {
    const database = await createTestDatabase()
    const pooler = await startTransactionPooler(database)

    const failure = await failureOf(() => up({ database: pooler, history: [] }))

    expect(failure.code).toBe('APPLY_POOLER')
    expect(failure.details.fix).toContain('DIRECT_URL')
    const watcher = await open(database)
    const locks = `SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE l.objid = 72707369 AND d.datname = current_database()`
    expect(await queryRows(watcher, locks)).toEqual(['0'])
  })

  test('of another database is no obstacle', async () => {
    const holder = await open(await createTestDatabase())
    await holder.query('SELECT pg_advisory_lock(72707369)')
    const database = await createTestDatabase()

    expect(await up({ database, history: [], runLockTimeoutMs: 0 })).toMatchObject({ applied: [] })
  })

  test('is free again after a run, also after one that failed', async () => {
    const database = await createTestDatabase()
    const history = await createHistory({ '1_a': 'SELECT 1/0' }).read()
    await failureOf(() => up({ database, history }))

    const watcher = await open(database)
    await expect.poll(() => queryRows(watcher, 'SELECT pg_try_advisory_lock(72707369)')).toEqual(['t'])
  })
})

async function open(database: DatabaseUrl, applicationName = 'test'): Promise<Connection> {
  const connection = await connect(database, { applicationName })
  onTestFinished(() => connection.end())
  return connection
}
