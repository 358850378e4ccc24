import { expect, test } from 'vitest'
import { afterBatch, afterFailure, firstPace, type Pace } from '../../../src/data/batch/batch-size.ts'

/** Batches of a table whose rows take this long each, besides what each batch costs. */
function steered(from: Pace, batches: number, rowMs: number, batchMs = 0): readonly Pace[] {
  const paces = [from]
  for (let index = 0; index < batches; index++) {
    const pace = paces.at(-1) ?? from
    paces.push(afterBatch(pace, { rows: pace.size, ms: batchMs + pace.size * rowMs }, 200))
  }
  return paces
}

test('batches grow by no more than twice, and settle at their target', () => {
  const sizes = steered(firstPace, 20, 0.02).map(({ size }) => size)
  expect(sizes.slice(0, 4)).toEqual([200, 400, 800, 1600])
  expect(sizes.every((size, index) => index === 0 || size <= 2 * (sizes[index - 1] ?? 0))).toBe(true)
  expect(sizes.at(-1)).toBe(10_000)
})

test('they shrink at once where rows become slow, and do not go far beyond their target again', () => {
  const fast = steered(firstPace, 20, 0.02).at(-1) ?? firstPace
  const slow = steered(fast, 6, 2)
  expect(slow[1]?.size).toBeLessThan(200)
  expect(slow.at(-1)?.size).toBeLessThanOrEqual(125)
})

test('what a batch costs besides its rows does not shrink it to nothing', () => {
  expect(steered(firstPace, 30, 0.1, 250).at(-1)?.size).toBeGreaterThanOrEqual(25)
})

test('a batch that failed is halved, down to one row, and one without rows says nothing', () => {
  expect(afterFailure({ size: 3, rate: 4 })).toEqual({ size: 1, rate: 2 })
  expect(afterFailure({ size: 1, rate: undefined }).size).toBe(1)
  expect(afterBatch(firstPace, { rows: 0, ms: 5 }, 200)).toBe(firstPace)
})
