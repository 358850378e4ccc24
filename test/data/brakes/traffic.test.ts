import { expect, test } from 'vitest'
import { trafficOf, type TrafficSample, withSample } from '../../../src/data/brakes/traffic.ts'

const seen = (...samples: readonly (readonly [at: number, ended: number, own: number])[]): readonly TrafficSample[] =>
  samples.reduce<readonly TrafficSample[]>((before, [at, ended, own]) => withSample(before, { at, ended, own }), [])

test('transactions of others a second are what ended and was no batch', () => {
  expect(trafficOf(seen([0, 1000, 10], [500, 1100, 20], [2000, 1400, 110]))).toBe(150)
  expect(trafficOf(seen([0, 1000, 0], [1000, 1010, 30]))).toBe(0)
})

test('nothing is known before sessions have told, and what is long ago does not count', () => {
  expect(trafficOf([])).toBeUndefined()
  expect(trafficOf(seen([0, 0, 0], [900, 500, 0]))).toBeUndefined()
  expect(trafficOf(seen([0, 0, 0], [1000, 9000, 0], [3000, 9000, 0], [4500, 9000, 0]))).toBe(0)
})
