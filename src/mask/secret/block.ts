import type { Words } from '../../seed/random/hash-words.ts'
import type { Tag } from './chaskey.ts'

/** The 128-bit tag of four words; overwritten by the next one. */
export type BlockPrf = (w0: number, w1: number, w2: number, w3: number) => Tag

/** Chaskey's permutation between two additions of the key (Even and Mansour): a block of four words, in 12 rounds. */
export function blockPrf([k0, k1, k2, k3]: Words): BlockPrf {
  const tag = { w0: 0, w1: 0, w2: 0, w3: 0 }
  return (w0, w1, w2, w3) => {
    let a = w0 ^ k0
    let b = w1 ^ k1
    let c = w2 ^ k2
    let d = w3 ^ k3
    for (let round = 0; round < 12; round++) {
      a = (a + b) | 0
      b = ((b << 5) | (b >>> 27)) ^ a
      a = (a << 16) | (a >>> 16)
      c = (c + d) | 0
      d = ((d << 8) | (d >>> 24)) ^ c
      a = (a + d) | 0
      d = ((d << 13) | (d >>> 19)) ^ a
      c = (c + b) | 0
      b = ((b << 7) | (b >>> 25)) ^ c
      c = (c << 16) | (c >>> 16)
    }
    tag.w0 = a ^ k0
    tag.w1 = b ^ k1
    tag.w2 = c ^ k2
    tag.w3 = d ^ k3
    return tag
  }
}
