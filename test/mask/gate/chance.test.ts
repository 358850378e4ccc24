import { expect, test } from 'vitest'
import { binomialTail, wilson } from '../../../src/mask/gate/chance.ts'

test('the tail of the binomial distribution', () => {
  // Known values: P(X >= 8) of 10 fair coins is 56 / 1024; nobody hits where nobody can.
  expect(binomialTail({ hits: 8, draws: 10 }, 0.5)).toBeCloseTo(56 / 1024, 12)
  expect(binomialTail({ hits: 1, draws: 100 }, 0.01)).toBeCloseTo(1 - 0.99 ** 100, 10)
  expect(binomialTail({ hits: 0, draws: 5 }, 0.1)).toBe(1)
  expect(binomialTail({ hits: 3, draws: 5 }, 0)).toBe(0)
  expect(binomialTail({ hits: 1000, draws: 1_000_000 }, 0.001)).toBeCloseTo(0.5, 1)
  expect(binomialTail({ hits: 1300, draws: 1_000_000 }, 0.001)).toBeLessThan(1e-15)
})

test("Wilson's interval", () => {
  const { low, high } = wilson({ hits: 10, draws: 100 })
  expect(low).toBeCloseTo(0.0552, 3)
  expect(high).toBeCloseTo(0.1744, 3)
  expect(wilson({ hits: 0, draws: 0 })).toEqual({ low: 0, high: 1 })
})
