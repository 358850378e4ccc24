import { expect, test } from 'vitest'
import { pairOf, pairsOf } from '../../../src/seed/plan/pairs.ts'

test('each pair of different rows once, the first of few rows', () => {
  const pairs = Array.from({ length: pairsOf(9) }, (_, index) => pairOf(index))
  expect(new Set(pairs.map(({ lesser, greater }) => `${lesser} ${greater}`)).size).toBe(36)
  expect(pairs.every(({ lesser, greater }) => 0 <= lesser && lesser < greater && greater < 9)).toBe(true)
  for (const rows of [100_000, 90_000_001]) {
    expect(pairOf(pairsOf(rows))).toEqual({ lesser: 0, greater: rows })
    expect(pairOf(pairsOf(rows) - 1)).toEqual({ lesser: rows - 2, greater: rows - 1 })
  }
})
