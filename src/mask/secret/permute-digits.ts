import type { PointedRandom } from '../../seed/random/sfc32.ts'
import type { BlockPrf } from './block.ts'
import { permuteNumber } from './permute-number.ts'

const rounds = 8

/** A keyed bijection of the digits of one list of radices; changes the digits in place. */
export type DigitPermutation = (digits: number[], radices: readonly number[]) => void

/**
 * A keyed bijection of numbers of many digits, each with a radix of its own: of UUIDs, cuids, long numbers. Where there
 * are less than 2^53 of them, as one number; else a Feistel network of the two halves of the digits, in eight rounds.
 */
export function permuteDigits(prf: BlockPrf, random: PointedRandom): DigitPermutation {
  return (digits, radices) => {
    const size = radices.reduce((product, radix) => product * radix, 1)
    if (size <= Number.MAX_SAFE_INTEGER) {
      let value = permuteNumber(prf, toNumber(digits, radices), size)
      for (let place = digits.length - 1; place >= 0; place--) {
        const radix = radices[place] ?? 1
        digits[place] = value % radix
        value = Math.floor(value / radix)
      }
      return
    }
    const middle = digits.length >> 1
    for (let round = 0; round < rounds; round++) {
      const isLeft = round % 2 === 0
      const [from, to] = isLeft ? [middle, digits.length] : [0, middle]
      const [start, end] = isLeft ? [0, middle] : [middle, digits.length]
      // The half that stays is condensed to a tag, and the tag says by how much each digit of the other half moves.
      let tag = prf(round, digits.length, from, 0x5eed)
      for (let place = from; place < to; place += 6) {
        let packed = 0
        for (let at = place; at < place + 6 && at < to; at++) packed = packed * 256 + (digits[at] ?? 0)
        tag = prf(tag.w0 ^ packed, tag.w1 ^ Math.floor(packed / 0x1_0000_0000), tag.w2, tag.w3)
      }
      const chance = random.begin(tag.w0, tag.w1, tag.w2, tag.w3)
      for (let place = start; place < end; place++) {
        const radix = radices[place] ?? 1
        digits[place] = ((digits[place] ?? 0) + chance.below(radix)) % radix
      }
    }
  }
}

function toNumber(digits: readonly number[], radices: readonly number[]): number {
  return digits.reduce((value, digit, place) => value * (radices[place] ?? 1) + digit, 0)
}
