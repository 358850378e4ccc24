import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { rowsOf } from '../support/database-rows.ts'
import { startCuttingProxy } from '../support/cutting-proxy.ts'
import { runData, stepOf } from '../support/data-steps.ts'
import { createTortureTable, torture } from '../support/torture.ts'

test('a step whose process is killed again and again changes every row once', { timeout: 180_000 }, async () => {
  const database = await createTestDatabase()
  await createTortureTable(database, 60_000)
  const result = await torture(database, 4, 150)
  expect(result).toEqual({ kills: expect.any(Number) as number, rows: 60_000, once: 60_000, visited: 60_000, changed: 60_000, state: 'done' })
  expect(result.kills).toBeGreaterThan(0)
})

test('connections that a proxy cuts at any moment leave whole batches, and every row is changed once', { timeout: 180_000 }, async () => {
  const database = await createTestDatabase()
  await createTortureTable(database, 5_000)
  await using proxy = await startCuttingProxy(database, 60)
  const step = stepOf('1_torture', {
    table: 'torture',
    up: (batch: () => string) => `UPDATE torture SET times = times + 1 WHERE ${batch()}`,
    down: (batch: () => string) => `UPDATE torture SET times = times - 1 WHERE ${batch()}`,
    check: 'SELECT id FROM torture WHERE times = 0',
  })
  const state = `SELECT (SELECT count(*) FROM torture WHERE times = 1), (SELECT count(*) FROM torture WHERE times = 0),
    sum(visited), sum(changed), (SELECT direction || ' ' || state FROM tide.data_step) FROM tide.data_slice`
  for (const [direction, end] of [['up', '5000|0|5000|5000|up done'], ['down', '0|5000|5000|5000|down done']] as const) {
    const before = proxy.cuts()
    await runData(proxy.url, step, { workers: 4, targetMs: 20, direction })
    expect(await rowsOf(database, state)).toEqual([end])
    expect(proxy.cuts()).toBeGreaterThan(before)
  }
})
