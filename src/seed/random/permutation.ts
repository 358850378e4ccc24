import { Bug } from '../../errors/bug.ts'
import { generatorVersion } from './generator-version.ts'
import { hashWords, mix, type Words } from './hash-words.ts'

/** A bijection of the integers in [0, size). */
export type Permutation = (index: number) => number

const rounds = 6

/**
 * A bijection of [0, size) that the key decides: distinct values for distinct rows, with no memory. A Feistel network
 * over the next power of two; what falls outside is sent through again until it is inside (on average less than twice).
 * Sizes to 2^53; `bigPermutation` goes on from there.
 */
export function permutation(key: readonly string[], size: number): Permutation {
  if (!(size >= 1 && size <= Number.MAX_SAFE_INTEGER)) throw new Bug(`permutation of ${size} values`)
  const bits = Math.max(2, Math.ceil(Math.log2(size)))
  const rightBits = bits >> 1
  const leftMask = 2 ** (bits - rightBits) - 1
  const rightMask = 2 ** rightBits - 1
  const [k0 = 0, k1 = 0, k2 = 0, k3 = 0, k4 = 0, k5 = 0] = roundKeys(key)
  return (index) => {
    let value = index
    do {
      // To 2^32 shifts do; above, a division by a power of two is exact as well.
      let left = bits <= 32 ? value >>> rightBits : Math.floor(value / (rightMask + 1))
      let right = value & rightMask
      left ^= mix(right ^ k0) & leftMask
      right ^= mix(left ^ k1) & rightMask
      left ^= mix(right ^ k2) & leftMask
      right ^= mix(left ^ k3) & rightMask
      left ^= mix(right ^ k4) & leftMask
      right ^= mix(left ^ k5) & rightMask
      value = left * (rightMask + 1) + right
    } while (value >= size)
    return value
  }
}

/**
 * A bijection of [0, size) that keeps the first values among themselves, and the others among themselves: the first are
 * used up before one of the others is taken.
 */
export function tieredPermutation(key: readonly string[], first: number, size: number): Permutation {
  if (first <= 0 || first >= size) return permutation(key, size)
  const [before, behind] = [permutation(key, first), permutation([...key, '#behind'], size - first)]
  return (index) => (index < first ? before(index) : first + behind(index - first))
}

/** The same for any size, with BigInt throughout: some hundred thousand a second. */
export function bigPermutation(key: readonly string[], size: bigint): (index: bigint) => bigint {
  if (size < 1n) throw new Bug(`permutation of ${size} values`)
  const bits = Math.max(2, (size - 1n).toString(2).length)
  const half = BigInt(Math.ceil(bits / 2))
  const leftBits = Number(BigInt(bits) - half)
  const keys = roundKeys(key)
  const scramble = (value: bigint, round: number, width: number): bigint => {
    let scrambled = 0n
    for (let lane = 0; lane * 32 < width; lane++) {
      let word = mix((keys[round] ?? 0) ^ Math.imul(lane + 1, 0x9e3779b1))
      for (let rest = value; rest > 0n; rest >>= 32n) word = mix(word ^ Number(BigInt.asIntN(32, rest)))
      scrambled = (scrambled << 32n) | BigInt(word >>> 0)
    }
    return BigInt.asUintN(width, scrambled)
  }
  return (index) => {
    let value = index
    do {
      let left = value >> half
      let right = BigInt.asUintN(Number(half), value)
      for (let round = 0; round < rounds; round += 2) {
        left ^= scramble(right, round, leftBits)
        right ^= scramble(left, round + 1, Number(half))
      }
      value = (left << half) | right
    } while (value >= size)
    return value
  }
}

function roundKeys(key: readonly string[]): readonly number[] {
  const words: Words[] = []
  for (let block = 0; block * 4 < rounds; block++) {
    words.push(hashWords(['permutation', String(generatorVersion), String(block), ...key]))
  }
  return words.flat()
}
