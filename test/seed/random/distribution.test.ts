import { expect, test } from 'vitest'
import { exponential, hill, logNormal, negativeBinomial, normal, weighted, zipf } from '../../../src/seed/random/distribution.ts'

const fractions = Array.from({ length: 20_000 }, (_, index) => (index + 0.5) / 20_000)
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

test.each([
  ['normal', normal],
  ['logNormal', (fraction: number) => logNormal(fraction, 20, 1)],
  ['exponential', (fraction: number) => exponential(fraction, 3)],
  ['zipf', (fraction: number) => zipf(fraction, 50, 1.1)],
  ['negativeBinomial', (fraction: number) => negativeBinomial(fraction, 4, 0.7)],
  ['hill', (fraction: number) => hill(fraction, 4, 2)],
  ['weighted', (fraction: number) => weighted(fraction, [3, 0, 1])],
])('%s never falls as its fraction grows', (_, draw) => {
  const values = [0, ...fractions].map(draw)
  expect(values.every((value, index) => Number.isFinite(value) && value >= (values[index - 1] ?? -Infinity))).toBe(true)
})

test('they have the moments they promise', () => {
  expect(mean(fractions.map(normal))).toBeCloseTo(0, 6)
  expect(mean(fractions.map((fraction) => normal(fraction) ** 2))).toBeCloseTo(1, 2)
  expect(logNormal(0.5, 20, 1)).toBeCloseTo(20, 6)
  expect(mean(fractions.map((fraction) => exponential(fraction, 3)))).toBeCloseTo(3, 2)
  const counts = fractions.map((fraction) => negativeBinomial(fraction, 4, 0.7))
  expect(mean(counts)).toBeCloseTo(4, 1)
  expect(mean(counts.map((count) => (count - 4) ** 2))).toBeCloseTo(4 + 16 / 0.7, -1)
})

test('zipf stays inside and prefers the first', () => {
  const drawn = fractions.map((fraction) => zipf(fraction, 50))
  expect(Math.min(...drawn)).toBe(0)
  expect(Math.max(...drawn)).toBe(49)
  expect(drawn.filter((index) => index === 0).length).toBeGreaterThan(drawn.filter((index) => index === 25).length * 10)
})

test('weights are shares', () => {
  const drawn = fractions.map((fraction) => weighted(fraction, [3, 0, 1]))
  expect([0, 1, 2].map((index) => drawn.filter((value) => value === index).length)).toEqual([15_000, 0, 5_000])
})
