import type { Words } from '../../seed/random/hash-words.ts'

/** The 128-bit tag of a text; its four words are overwritten by the next tag, so take what you need at once. */
export type Prf = (text: string) => Tag

/** Four signed 32-bit words. */
export interface Tag {
  readonly w0: number
  readonly w1: number
  readonly w2: number
  readonly w3: number
}

/**
 * Chaskey (ISO/IEC 29192-6), a message authentication code of a 128-bit key on 32-bit words: without the key its tags
 * cannot be told from chance, so neither the source value nor the key follows from a mask, also for somebody who knows
 * what some values were masked as. An HMAC would promise no more and take ten times as long. Whoever has the key can
 * try values out until one fits: the key is as secret as the data.
 * @param rounds 12, as in the standard; 8 is the first publication, for its test vectors
 */
export function chaskey(narrow: Words, wide: Words, rounds = 12): Prf {
  // Texts of code units below 256 are bytes, all others pairs of bytes: under a key of their own, so that no two meet.
  const bytes = keySchedule(narrow)
  const pairs = keySchedule(wide)
  const tag = { w0: 0, w1: 0, w2: 0, w3: 0 }

  function absorb(text: string, { key, full, padded }: KeySchedule, perBlock: 16 | 8): boolean {
    const word = perBlock === 16 ? fourBytes : twoPairs
    const step = perBlock >> 2
    const length = text.length
    let a = key[0]
    let b = key[1]
    let c = key[2]
    let d = key[3]
    let at = 0
    for (;;) {
      const left = length - at
      const isLast = left <= perBlock
      const last = !isLast ? none : left === perBlock ? full : padded
      const m0 = word(text, at)
      const m1 = word(text, at + step)
      const m2 = word(text, at + 2 * step)
      const m3 = word(text, at + 3 * step)
      if (m0 === tooWide || m1 === tooWide || m2 === tooWide || m3 === tooWide) return false
      a ^= m0 ^ last[0]
      b ^= m1 ^ last[1]
      c ^= m2 ^ last[2]
      d ^= m3 ^ last[3]
      for (let round = 0; round < rounds; round++) {
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
      if (isLast) {
        tag.w0 = a ^ last[0]
        tag.w1 = b ^ last[1]
        tag.w2 = c ^ last[2]
        tag.w3 = d ^ last[3]
        return true
      }
      at += perBlock
    }
  }

  return (text) => {
    if (!absorb(text, bytes, 16)) absorb(text, pairs, 8)
    return tag
  }
}

/** No word: a sum of four bytes stays below it. */
const tooWide = 0x1_0000_0000

/** Four bytes of the text, then the 1 that ends it, then nothing. */
function fourBytes(text: string, at: number): number {
  const rest = text.length - at
  if (rest >= 4) {
    const w = text.charCodeAt(at)
    const x = text.charCodeAt(at + 1)
    const y = text.charCodeAt(at + 2)
    const z = text.charCodeAt(at + 3)
    return (w | x | y | z) > 255 ? tooWide : w | (x << 8) | (y << 16) | (z << 24)
  }
  if (rest < 0) return 0
  let packed = 1 << (rest * 8)
  for (let place = 0; place < rest; place++) {
    const code = text.charCodeAt(at + place)
    if (code > 255) return tooWide
    packed |= code << (place * 8)
  }
  return packed
}

function twoPairs(text: string, at: number): number {
  const rest = text.length - at
  if (rest >= 2) return text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16)
  if (rest < 0) return 0
  return rest === 0 ? 1 : text.charCodeAt(at) | (1 << 16)
}

interface KeySchedule {
  readonly key: Words
  /** For a last block that is full, and for one that is not. */
  readonly full: Words
  readonly padded: Words
}

const none: Words = [0, 0, 0, 0]

function keySchedule(key: Words): KeySchedule {
  const full = timesTwo(key)
  return { key, full, padded: timesTwo(full) }
}

/** In GF(2^128), as the standard writes it. */
function timesTwo([a, b, c, d]: Words): Words {
  return [(a << 1) ^ (d < 0 ? 0x87 : 0), (b << 1) | (a >>> 31), (c << 1) | (b >>> 31), (d << 1) | (c >>> 31)]
}
