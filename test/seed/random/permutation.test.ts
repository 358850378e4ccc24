import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bigPermutation, permutation, tieredPermutation } from '../../../src/seed/random/permutation.ts'
import { chiSquare } from '../../support/chi-square.ts'

test('a key gives the order that it always gave', () => {
  const first = (size: number): readonly number[] => Array.from({ length: 5 }, (_, index) => permutation(['a', 'key'], size)(index))
  expect([first(10), first(1_000_003), first(2 ** 52)]).toMatchInlineSnapshot(`
    [
      [
        0,
        1,
        4,
        2,
        9,
      ],
      [
        743309,
        544118,
        372440,
        116275,
        702405,
      ],
      [
        2735748127508584,
        871150903876401,
        3888623225379648,
        3406368477756690,
        3138670142245412,
      ],
    ]
  `)
  expect([0n, 1n, 2n].map(bigPermutation(['a', 'key'], 10n ** 30n))).toMatchInlineSnapshot(`
    [
      995717436979992736983474136584n,
      470398589139662623232735047367n,
      630159711035770949305139937953n,
    ]
  `)
})

test('every size is permuted whole', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.string(), (size, key) => {
      const permute = permutation([key], size)
      const permuted = Array.from({ length: size }, (_, index) => permute(index))
      expect(new Set(permuted).size).toBe(size)
      expect(permuted.every((value) => value >= 0 && value < size)).toBe(true)
      const big = bigPermutation([key], BigInt(size))
      expect(new Set(Array.from({ length: size }, (_, index) => big(BigInt(index)))).size).toBe(size)
    }),
    { numRuns: 50 },
  )
})

test.each([2 ** 31 + 11, 2 ** 32, 2 ** 32 + 15, 2 ** 53 - 1])('no two of many indexes of %d meet', (size) => {
  const permute = permutation(['wide'], size)
  const step = Math.floor(size / 200_000)
  const permuted = Array.from({ length: 200_000 }, (_, index) => permute(index * step))
  expect(new Set(permuted).size).toBe(200_000)
  expect(permuted.every((value) => Number.isSafeInteger(value) && value >= 0 && value < size)).toBe(true)
})

test('the first rows land anywhere', () => {
  const permute = permutation(['spread'], 1_000_000)
  expect(chiSquare(100, 50_000, (index) => Math.floor(permute(index) / 10_000))).toBeLessThan(160)
})

test('another key is another order', () => {
  const left = permutation(['a', 'bc'], 1000)
  const right = permutation(['ab', 'c'], 1000)
  const same = Array.from({ length: 1000 }, (_, index) => left(index) === right(index)).filter(Boolean).length
  expect(same).toBeLessThan(10)
})

test('the first values are used up before one of the others', () => {
  const permute = tieredPermutation(['s', 'Tag', 'name'], 20, 1000)
  const taken = Array.from({ length: 1000 }, (_, index) => permute(index))
  expect(new Set(taken).size).toBe(1000)
  expect(Math.max(...taken.slice(0, 20))).toBe(19)
  expect(taken.slice(0, 20)).not.toEqual(taken.slice(0, 20).toSorted((one, other) => one - other))
  // More of the others change nothing of the first.
  expect(Array.from({ length: 20 }, (_, index) => tieredPermutation(['s', 'Tag', 'name'], 20, 5000)(index))).toEqual(taken.slice(0, 20))
})
