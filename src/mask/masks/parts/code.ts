import type { Tag } from '../../secret/chaskey.ts'

/** As many letters and digits as a code has at most: 82 bits, enough for thousands of millions of distinct values. */
export const codeLength = 16

/** Bits of a code of so many letters and digits. */
export function codeBits(length: number): number {
  return length * Math.log2(36)
}

/** Letters and digits of a tag, at most sixteen: what tells masks of distinct values apart. */
export function codeOf({ w0, w1, w2, w3 }: Tag, length = codeLength): string {
  const code = four(w0) + four(w1) + four(w2) + four(w3)
  return length >= codeLength ? code : code.slice(0, length)
}

const signs = '0123456789abcdefghijklmnopqrstuvwxyz'
const pairs = Array.from({ length: 1296 }, (_, at) => `${signs[Math.floor(at / 36)] ?? ''}${signs[at % 36] ?? ''}`)

/** Four of them from 32 bits: the bias, 36^4 / 2^32, is none to speak of. */
function four(word: number): string {
  const drawn = Math.floor(((word >>> 0) / 0x1_0000_0000) * 1_679_616)
  const high = Math.floor(drawn / 1296)
  return (pairs[high] ?? '') + (pairs[drawn - high * 1296] ?? '')
}
