import type { PointedRandom } from '../../seed/random/sfc32.ts'
import type { BlockPrf } from './block.ts'
import type { Tag } from './chaskey.ts'
import { permuteNumber } from './permute-number.ts'

/** Four rounds are enough for halves so large that no two of them meet (Luby and Rackoff); two more are for safety. */
const rounds = 6

/** A keyed bijection of the digits of one list of radices, each 64 at most; changes the digits in place. */
export type DigitPermutation = (digits: number[], radices: readonly number[]) => void

/**
 * A keyed bijection of numbers of many digits, each with a radix of its own: of UUIDs, cuids, long numbers. Where there
 * are less than 2^53 of them, as one number; else a Feistel network of the two halves of the digits.
 */
export function permuteDigits(prf: BlockPrf, random: PointedRandom): DigitPermutation {
  return (digits, radices) => {
    const count = digits.length
    let size = 1
    for (const radix of radices) size *= radix
    if (size <= Number.MAX_SAFE_INTEGER) {
      writeNumber(digits, radices, permuteNumber(prf, toNumber(digits, radices), size))
      return
    }
    const middle = count >> 1
    for (let round = 0; round < rounds; round++) {
      const isLeft = (round & 1) === 0
      // The half that stays is condensed to a tag, and the tag says by how much each digit of the other half moves.
      const tag = condense(prf, digits, isLeft ? middle : 0, isLeft ? count : middle, (count << 4) | round)
      const chance = random.begin(tag.w0, tag.w1, tag.w2, tag.w3)
      const end = isLeft ? middle : count
      for (let place = isLeft ? 0 : middle; place < end; place++) {
        const radix = radices[place] ?? 1
        const sum = (digits[place] ?? 0) + chance.below(radix)
        digits[place] = sum >= radix ? sum - radix : sum
      }
    }
  }
}

/** Fifteen digits of six bits to a block, chained as in a CBC-MAC; the round and the length are part of each block. */
function condense(prf: BlockPrf, digits: readonly number[], from: number, to: number, tweak: number): Tag {
  let tag: Tag = none
  for (let at = from; at < to; at += 15) {
    const w0 = fiveOf(digits, at, to)
    const w1 = fiveOf(digits, at + 5, to)
    const w2 = fiveOf(digits, at + 10, to)
    tag = prf(tag.w0 ^ w0, tag.w1 ^ w1, tag.w2 ^ w2, tag.w3 ^ tweak)
  }
  return tag
}

const none: Tag = { w0: 0, w1: 0, w2: 0, w3: 0 }

function fiveOf(digits: readonly number[], at: number, to: number): number {
  let packed = 0
  for (let place = at; place < at + 5 && place < to; place++) packed = (packed << 6) | (digits[place] ?? 0)
  return packed
}

function toNumber(digits: readonly number[], radices: readonly number[]): number {
  let value = 0
  for (let place = 0; place < digits.length; place++) value = value * (radices[place] ?? 1) + (digits[place] ?? 0)
  return value
}

function writeNumber(digits: number[], radices: readonly number[], number: number): void {
  let value = number
  for (let place = digits.length - 1; place >= 0; place--) {
    const radix = radices[place] ?? 1
    const rest = Math.floor(value / radix)
    digits[place] = value - rest * radix
    value = rest
  }
}
