import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { createTortureTable, torture } from '../support/torture.ts'

test('a step whose process is killed again and again changes every row once', { timeout: 60_000 }, async () => {
  const database = await createTestDatabase()
  await createTortureTable(database, 60_000)
  const result = await torture(database, 4, 150)
  expect(result).toEqual({ kills: expect.any(Number) as number, rows: 60_000, once: 60_000, visited: 60_000, changed: 60_000, state: 'done' })
  expect(result.kills).toBeGreaterThan(0)
})
