/** 128 bits as four 32-bit integers. */
export type Words = readonly [number, number, number, number]

/**
 * 128 bits of a list of texts. Not for secrets: a caller that must not be guessed from its output hands in a text
 * that is secret itself. The texts are told apart by their lengths, so `['ab', 'c']` is not `['a', 'bc']`.
 */
export function hashWords(texts: readonly string[]): Words {
  let a = 0x243f6a88
  let b = 0x85a308d3 | 0
  let c = 0x13198a2e
  let d = 0x03707344
  const absorb = (word: number): void => {
    a = Math.imul(a ^ word, 0x9e3779b1)
    b = Math.imul(b ^ (word + a), 0x85ebca77)
    c = Math.imul(c ^ (word + rotate(b, 13)), 0xc2b2ae3d)
    d = Math.imul(d ^ (word + rotate(c, 17)), 0x27d4eb2f)
    a = (a + rotate(d, 11)) | 0
  }
  for (const text of texts) {
    absorb(text.length | 0x40000000)
    for (let at = 0; at < text.length; at++) absorb(text.charCodeAt(at))
  }
  for (let round = 0; round < 4; round++) absorb(0x5bd1e995 + round)
  return [mix(a ^ d), mix(b ^ a), mix(c ^ b), mix(d ^ c)]
}

/** A bijection of 32-bit integers in which every bit of the input moves half the bits of the output. */
export function mix(word: number): number {
  let mixed = word ^ (word >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
