import { expect, test } from 'vitest'
import { status } from '../../src/apply/status.ts'
import { up } from '../../src/apply/up.ts'
import type { Migration } from '../../src/history/read-history.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import { createTestDatabase } from '../support/database.ts'
import { failureOf } from '../support/failure.ts'
import { createHistory } from '../support/migrations.ts'

test('status says where each migration stands, and what is unfinished', async () => {
  const database = await createTestDatabase()
  const files = createHistory({ '1_a': { up: 'SELECT 1', down: '-- tide: incomplete reason="why not"\n' } })
  await up({ database, history: await files.read() })
  await failureOf(async () => up({ database, history: await files.write({ '2_b': 'SELECT 1; COMMIT; SELECT 1/0' }) }))

  const result = await status({ database, history: await files.write({ '3_c': 'SELECT 1' }) })

  expect(result).toEqual({
    database: database.toString(),
    migrations: [
      { name: '1_a', state: 'applied', hasDown: true, hasData: false, incomplete: ['why not'] },
      { name: '2_b', state: 'failed', hasDown: false, hasData: false, unfinished: { direction: 'up', done: 1 } },
      { name: '3_c', state: 'pending', hasDown: false, hasData: false },
    ],
    pending: 2,
    dataOwed: 0,
  })
})

test('status says what up would refuse, with the way out', async () => {
  const database = await createTestDatabase()
  const files = createHistory({ '1_a': 'SELECT 1', '3_c': 'SELECT 1' })
  await up({ database, history: await files.read() })
  const blocked = async (history: readonly Migration[]) => (await status({ database, history })).blocked

  expect(await blocked(await files.write({ '2_b': 'SELECT 1' }))).toBeUndefined()
  const history = await files.read()
  expect(await blocked(history.slice(0, 1))).toMatchObject({
    code: 'APPLY_DATABASE_AHEAD',
    fix: expect.stringContaining('tide down') as string,
  })
  expect(await blocked(history.slice(1))).toMatchObject({ code: 'APPLY_MIGRATION_MISSING' })
  expect(await blocked(await files.write({ '1_a': 'SELECT 2' }))).toMatchObject({
    code: 'APPLY_MIGRATION_EDITED',
    message: '1_a was changed after being applied.',
    fix: expect.stringContaining('Restore the file') as string,
  })
})

test('status of a database without a ledger changes nothing in it', async () => {
  const database = await createTestDatabase()

  expect(await status({ database, history: await createHistory({ '1_a': '' }).read() })).toMatchObject({ pending: 1 })

  await withConnection(database, async (connection) => {
    expect((await connection.query("SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace")).rowCount).toBe(0)
  })
})
