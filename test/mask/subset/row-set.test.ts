import { expect, test } from 'vitest'
import { createRowSet, readPlace, writePlace } from '../../../src/mask/subset/row-set.ts'

test('places of rows are kept as a set of them would', () => {
  const set = createRowSet()
  const known = new Set<number>()
  const wrong: number[] = []
  for (let at = 0; at < 30_000; at++) {
    const place = readPlace(`(${(at * 7919) % 5000},${1 + ((at * 31) % 290)})`)
    if (set.add(place) === known.has(place)) wrong.push(place)
    known.add(place)
  }
  expect(wrong).toEqual([])
  expect(set.size).toBe(known.size)
  expect([...set.sorted()]).toEqual([...known].sort((a, b) => a - b))
  expect(set.has(readPlace('(4999,291)'))).toBe(false)
  expect(writePlace(readPlace('(4294967294,291)'))).toBe('(4294967294,291)')
})
