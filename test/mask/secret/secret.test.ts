import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockPrf } from '../../../src/mask/secret/block.ts'
import { chaskey } from '../../../src/mask/secret/chaskey.ts'
import { permuteDigits } from '../../../src/mask/secret/permute-digits.ts'
import { permuteNumber } from '../../../src/mask/secret/permute-number.ts'
import type { Words } from '../../../src/seed/random/hash-words.ts'
import { createSfc32 } from '../../../src/seed/random/sfc32.ts'

const key: Words = [0x833d3433 | 0, 0x009f389f, 0x2398e64f, 0x417acf39]
const hex = ({ w0, w1, w2, w3 }: ReturnType<ReturnType<typeof chaskey>>): string =>
  [w0, w1, w2, w3].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(' ')

describe('chaskey', () => {
  test('gives the tags of the published test vectors', () => {
    const tagOf = chaskey(key, key, 8)
    const message = (length: number): string => Array.from({ length }, (_, at) => String.fromCharCode(at)).join('')
    expect([0, 1, 2].map((length) => hex(tagOf(message(length))))).toEqual([
      '792e8fe5 75ce87aa 2d1450b5 1191970b',
      '13a9307b 50e62c89 4577bd88 c0bbdc18',
      '55df8922 2c7ff577 73809ef4 4e5084c0',
    ])
  })

  test('tells texts of every length and script apart, and keys', () => {
    const tagOf = chaskey(key, [1, 2, 3, 4])
    const other = chaskey([5, 6, 7, 8], [1, 2, 3, 4])
    const texts = [...Array.from({ length: 40 }, (_, at) => 'a'.repeat(at)), 'ü', 'ł', 'łł', '\u0001\u0001', '\u0101', 'a\0', 'a']
    expect(new Set(texts.map((text) => hex(tagOf(text)))).size).toBe(new Set(texts).size)
    expect(hex(other('a'))).not.toBe(hex(tagOf('a')))
  })
})

describe('keyed permutations', () => {
  const prf = blockPrf(key)

  test.each([1, 2, 3, 7, 9, 10, 90, 1000])('permuteNumber is a bijection of [0, %i)', (size) => {
    const seen = new Set(Array.from({ length: size }, (_, index) => permuteNumber(prf, index, size)))
    expect(seen.size).toBe(size)
    expect(Math.max(...seen)).toBe(size - 1)
  })

  test('permuteNumber reaches all of a large space evenly', () => {
    const size = 2 ** 53 - 1
    const halves = Array.from({ length: 2000 }, (_, index) => permuteNumber(prf, index, size) < size / 2)
    const below = halves.filter((half) => half).length
    expect(below).toBeGreaterThan(850)
    expect(below).toBeLessThan(1150)
  })

  test('permuteDigits keeps distinct numbers distinct, whatever their radices', () => {
    const permute = permuteDigits(prf, createSfc32([0, 0, 0, 0]))
    const numbers = fc.array(fc.nat(), { minLength: 40, maxLength: 40 })
    const radices = fc.array(fc.integer({ min: 2, max: 62 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(radices, numbers, numbers, (shape, one, other) => {
        const draw = (from: readonly number[]): number[] => shape.map((radix, at) => (from[at] ?? 0) % radix)
        const [left, right] = [draw(one), draw(other)]
        const isSame = left.join() === right.join()
        permute(left, shape)
        permute(right, shape)
        expect(left.every((digit, place) => digit >= 0 && digit < (shape[place] ?? 0))).toBe(true)
        expect(left.join() === right.join()).toBe(isSame)
      }),
      { numRuns: 300 },
    )
  })
})
