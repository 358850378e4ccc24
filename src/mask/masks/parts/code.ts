import { base36 } from '../../../seed/generators/format/text.ts'
import type { Tag } from '../../secret/chaskey.ts'

/** As many letters and digits as a code has at most: 82 bits, enough for thousands of millions of distinct values. */
export const codeLength = 16

/** Bits of a code of so many letters and digits. */
export function codeBits(length: number): number {
  return length * Math.log2(36)
}

/** Letters and digits of a tag, at most sixteen: what tells masks of distinct values apart. */
export function codeOf({ w0, w1, w2, w3 }: Tag, length = codeLength): string {
  const head = base36(fraction(w0, w1, 36 ** 8), 8)
  return length <= 8 ? head.slice(8 - length) : head + base36(fraction(w2, w3, 36 ** 8), 8).slice(16 - length)
}

function fraction(high: number, low: number, limit: number): number {
  return Math.floor((((high >>> 5) * 0x400_0000 + (low >>> 6)) / 2 ** 53) * limit)
}
