import { describe, expect, test } from 'vitest'
import { up } from '../../src/apply/up.ts'
import { createTestDatabase } from '../support/database.ts'
import { rowsOf } from '../support/database-rows.ts'
import { failureOf } from '../support/failure.ts'
import { createHistory } from '../support/migrations.ts'

describe('an INVALID index', () => {
  test.each(['', 'IF NOT EXISTS '])('left by somebody is built again (%s)', async (clause) => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_a': 'CREATE TABLE "A a" (id int)' })
    await up({ database, history: await history.read() })
    await rowsOf(database, 'INSERT INTO "A a" VALUES (1), (1)')
    await rowsOf(database, 'CREATE UNIQUE INDEX CONCURRENTLY "I.i" ON "A a" (id)').catch(() => undefined)
    expect(await rowsOf(database, 'SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid')).toEqual(['"I.i"'])

    const more = await history.write({ '2_i': `CREATE INDEX CONCURRENTLY ${clause}"I.i" ON "A a" (id)` })
    await up({ database, history: more })

    expect(await rowsOf(database, 'SELECT indisvalid, indisunique FROM pg_index WHERE indrelid = \'"A a"\'::regclass')).toEqual([
      't|f',
    ])
  })

  test('is no excuse for a valid one of the same name', async () => {
    const database = await createTestDatabase()
    const history = createHistory({
      '1_a': 'CREATE TABLE a (id int); CREATE INDEX i ON a (id)',
      '2_i': 'CREATE INDEX CONCURRENTLY i ON a (id)',
    })

    const failure = await failureOf(async () => up({ database, history: await history.read() }))

    expect(failure.message).toContain('relation "i" already exists')
  })
})
