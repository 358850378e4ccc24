import { expect, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { seedRows } from '../../src/seed/seed-rows.ts'
import { createTestDatabase } from '../support/database.ts'

test('a partial index whose predicate every row meets is held as if it were a whole one', async () => {
  const database = await createTestDatabase('seed')
  await withConnection(database, (connection) =>
    connection.query(`CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL, state text NOT NULL CHECK (state IN ('a', 'b')));
      CREATE UNIQUE INDEX ON t (code) WHERE state IN ('a', 'b'); CREATE UNIQUE INDEX ON t (id, state) WHERE state IS NOT NULL`),
  )
  const now = Date.UTC(2026, 0, 1)
  const { rows } = await seedRows({ database, counts: new Map(), rows: 80, seed: 's', locale: 'en', now, isPinned: true })
  expect(rows).toBe(80)
})
