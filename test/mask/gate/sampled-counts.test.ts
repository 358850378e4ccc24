import { expect, test } from 'vitest'
import { createSampledCounts } from '../../../src/mask/gate/sampled-counts.ts'
import { createValueHash } from '../../../src/mask/gate/value-hash.ts'

test('while numbers fit, each is counted exactly', () => {
  const counts = createSampledCounts(1000)
  const hash = createValueHash()
  for (let at = 0; at < 900; at++) for (let times = 0; times <= at % 7; times++) counts.add(hash.of(`v${at}`, 1))
  for (let at = 0; at < 900; at++) expect(counts.count(hash.of(`v${at}`, 1))).toBe(1 + (at % 7))
  expect(counts.count(hash.of('v1', 2))).toBe(0)
  expect(counts.oneIn).toBe(1)
  expect(counts.markFirst(hash.of('v1', 1))).toBe(true)
  expect(counts.markFirst(hash.of('v1', 1))).toBe(false)
  expect(counts.count(hash.of('v1', 1))).toBe(2)
})

test('beyond, the same part is counted exactly on both sides, and the rest is not known', () => {
  const counts = createSampledCounts(1000)
  const hash = createValueHash()
  for (let at = 0; at < 20_000; at++) counts.add(hash.of(`v${at}`, 1))
  expect(counts.oneIn).toBeGreaterThanOrEqual(16)
  expect(counts.size).toBeLessThanOrEqual(1000)
  const found = Array.from({ length: 20_000 }, (_, at) => counts.count(hash.of(`v${at}`, 1)))
  const known = found.filter((count) => count !== undefined)
  expect(known.length).toBeGreaterThan(20_000 / counts.oneIn / 2)
  expect(new Set(known)).toEqual(new Set([1]))
  expect([...counts.counts()].length).toBe(counts.size)
})

test('runs of characters have the same number wherever they stand, and a part of them is the same part', () => {
  const hash = createValueHash()
  const runsOf = (text: string, oneIn: number): readonly number[] => {
    const runs: number[] = []
    hash.eachRun(text, 12, oneIn, (run) => runs.push(run))
    return runs
  }
  const text = 'The quick brown fox jumps over the lazy dog, twice a day'
  expect(runsOf('short text.', 1)).toEqual([])
  expect(runsOf(text, 1)).toHaveLength(text.length - 11)
  expect(runsOf(`xx${text}`.slice(0, 40), 1).slice(2)).toEqual(runsOf(text, 1).slice(0, 27))
  const every = new Set(runsOf(text, 1))
  expect(runsOf(text, 4).every((run) => every.has(run) && run % 4 === 0)).toBe(true)
})
