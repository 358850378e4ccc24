import { randomBytes } from 'node:crypto'

/**
 * Numbers of 53 bits that stand for values while a fixture is built, under a key that is drawn for the run and never
 * leaves memory: nobody can try values out on what is kept, and nothing of it is written. Two values share a number
 * once in 9 * 10^15 pairs.
 */
export interface ValueHash {
  /** @param column tells the same value in two columns apart */
  of(value: string, column: number): number
  /**
   * The numbers of all runs of so many characters, one after the other; of those whose lowest bits are 0 where only one
   * in 2, 4, 8 … is asked for.
   */
  eachRun(text: string, length: number, oneIn: number, take: (hash: number) => void): void
}

/** The key of a run. */
export const newHashKey = (): Uint8Array => randomBytes(16)

/** A hash with a key of its own, or with one that other threads have too. */
export function createValueHash(bytes = newHashKey()): ValueHash {
  const key = Buffer.from(bytes)
  const [seed1, seed2] = [key.readInt32LE(0), key.readInt32LE(4)]
  const base = key.readInt32LE(8) | 1
  let [known, one, two] = ['', seed1, seed2]
  let codes = new Uint16Array(1024)
  return {
    of: (value, column) => {
      // A value is asked for in several columns, one after the other.
      if (value !== known) {
        known = value
        let [first, other] = [seed1, seed2]
        for (let place = 0; place < value.length; place++) {
          const code = value.charCodeAt(place)
          first = Math.imul(first ^ code, 0x9e3779b1)
          other = Math.imul(other ^ code, 0x5f356495)
        }
        one = first
        two = other
      }
      return join(one ^ Math.imul(column + 1, 0x9e3779b1), two ^ Math.imul(column + 1, 0x85ebca6b))
    },
    eachRun: (text, length, oneIn, take) => {
      const { length: whole } = text
      const last = whole - length
      if (last < 0) return
      if (codes.length < whole) codes = new Uint16Array(whole * 2)
      for (let place = 0; place < whole; place++) codes[place] = text.charCodeAt(place)
      const out = power(base, length)
      let rolling = 0
      for (let place = 0; place < length; place++) rolling = (Math.imul(rolling, base) + (codes[place] ?? 0)) | 0
      for (let start = 0; ; start++) {
        // Its highest byte depends on all characters. Most runs are not counted: no more is worked out for them.
        const low = (rolling >>> 24) | 0
        if ((low & (oneIn - 1)) === 0 || oneIn > 256) {
          const number = (mix(rolling) & ~255) | low
          if ((number & (oneIn - 1)) === 0) take((second(start, length) >>> 11) * 4294967296 + (number >>> 0) || 1)
        }
        if (start === last) return
        rolling = (Math.imul(rolling, base) + (codes[start + length] ?? 0) - Math.imul(codes[start] ?? 0, out)) | 0
      }
    },
  }

  function second(start: number, length: number): number {
    let hash = seed2
    for (let place = start; place < start + length; place++) hash = Math.imul(hash ^ (codes[place] ?? 0), 0x5f356495)
    return mix(hash)
  }
}

/** 53 bits, never 0, each of them depending on all that went in. */
function join(one: number, two: number): number {
  const first = mix(one ^ Math.imul(two, 0x27d4eb2f))
  const second = mix(two ^ Math.imul(first, 0x165667b1))
  return (second >>> 11) * 4294967296 + (first >>> 0) || 1
}

function mix(number: number): number {
  const half = Math.imul(number ^ (number >>> 16), 0x85ebca6b)
  const most = Math.imul(half ^ (half >>> 13), 0xc2b2ae35)
  return most ^ (most >>> 16)
}

function power(base: number, exponent: number): number {
  let result = 1
  for (let times = 0; times < exponent; times++) result = Math.imul(result, base)
  return result
}
