import type { BlockPrf } from './block.ts'

const rounds = 10
const twoTo32 = 0x1_0000_0000

/**
 * A keyed bijection of [0, size), size at most 2^53: a Feistel network over two digits of about the square root of the
 * size, in ten rounds as NIST's FF1 has; what falls outside is sent through again. Distinct numbers stay distinct, and
 * without the key nothing tells which came from which, but by trying out a size so small that it can be listed.
 */
export function permuteNumber(prf: BlockPrf, index: number, size: number): number {
  if (size < 2) return index
  const rights = Math.ceil(Math.sqrt(size))
  const lefts = Math.ceil(size / rights)
  let value = index
  do {
    let left = Math.floor(value / rights)
    let right = value - left * rights
    for (let round = 0; round < rounds; round += 2) {
      left = moved(prf, left, lefts, right, round, size)
      right = moved(prf, right, rights, left, round + 1, size)
    }
    value = left * rights + right
  } while (value >= size)
  return value
}

/** The size is part of what is scrambled: numbers of one size say nothing of those of another. */
function moved(prf: BlockPrf, digit: number, limit: number, other: number, round: number, size: number): number {
  const tag = prf(round, other, size | 0, Math.floor(size / twoTo32))
  const drawn = Math.floor((((tag.w0 >>> 5) * 0x400_0000 + (tag.w1 >>> 6)) / 2 ** 53) * limit)
  const sum = digit + drawn
  return sum >= limit ? sum - limit : sum
}
