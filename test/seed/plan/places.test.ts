import { describe, expect, test } from 'vitest'
import { placeOf, placesNeeded } from '../../../src/seed/plan/places.ts'

function placesOf(rows: number, parents: number): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>()
  for (let row = 0; row < rows; row++) {
    const { parent, place } = placeOf(row, parents)
    found.set(parent, [...(found.get(parent) ?? []), place])
  }
  return found
}

describe.each([
  [1, 40],
  [7, 100],
  [8, 32],
  [100, 400],
  [100, 1_000],
  [20_000, 80_000],
])('%i parents and %i rows', (parents, rows) => {
  const found = placesOf(rows, parents)

  test('no two children of a parent have one place, and none is left out', () => {
    for (const places of found.values()) {
      expect(places.toSorted((a, b) => a - b)).toEqual(Array.from(places.keys()))
    }
  })

  test('stays among the parents and the places that it says it needs', () => {
    expect(Math.max(...found.keys())).toBeLessThan(parents)
    const most = [...found.values()].reduce((longest, places) => Math.max(longest, places.length), 0)
    expect(most).toBeLessThanOrEqual(placesNeeded(rows, parents))
  })
})

test('children are shared unevenly: a few parents have many, most have few', () => {
  const counts = [...placesOf(384, 96).values()].map((places) => places.length)
  expect(Math.max(...counts)).toBe(9)
  expect(Math.min(...counts)).toBe(1)
  expect(counts.filter((count) => count <= 4).length).toBeGreaterThan(counts.length / 2)
})

test('more parents change no row, while there is room for all', () => {
  for (let row = 0; row < 384; row++) expect(placeOf(row, 5_000)).toEqual(placeOf(row, 96))
})
