import { expect, test } from 'vitest'
import { status } from '../../src/apply/status.ts'
import { up } from '../../src/apply/up.ts'
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

test('status of a database without a ledger changes nothing in it', async () => {
  const database = await createTestDatabase()

  expect(await status({ database, history: await createHistory({ '1_a': '' }).read() })).toMatchObject({ pending: 1 })

  await withConnection(database, async (connection) => {
    expect((await connection.query("SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace")).rowCount).toBe(0)
  })
})
