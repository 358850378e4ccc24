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

/** A hash with a key of its own. */
export function createValueHash(): ValueHash {
  const key = randomBytes(16)
  const [seed1, seed2] = [key.readInt32LE(0), key.readInt32LE(4)]
  const base = key.readInt32LE(8) | 1
  return {
    of: (value, column) => {
      let [one, two] = [seed1 ^ Math.imul(column + 1, 0x9e3779b1), seed2 ^ Math.imul(column + 1, 0x85ebca6b)]
      for (let place = 0; place < value.length; place++) {
        const code = value.charCodeAt(place)
        one = Math.imul(one ^ code, 0x9e3779b1)
        two = Math.imul(two ^ code, 0x5f356495)
      }
      return join(one, two)
    },
    eachRun: (text, length, oneIn, take) => {
      const last = text.length - length
      if (last < 0) return
      const out = power(base, length)
      let rolling = 0
      for (let place = 0; place < length; place++) rolling = (Math.imul(rolling, base) + text.charCodeAt(place)) | 0
      for (let start = 0; ; start++) {
        const low = mix(rolling)
        // Most runs are not among those counted: no more is worked out for them.
        if ((low & (oneIn - 1)) === 0) take((second(text, start, length) >>> 11) * 4294967296 + (low >>> 0) || 1)
        if (start === last) return
        rolling =
          (Math.imul(rolling, base) + text.charCodeAt(start + length) - Math.imul(text.charCodeAt(start), out)) | 0
      }
    },
  }

  function second(text: string, start: number, length: number): number {
    let hash = seed2
    for (let place = start; place < start + length; place++)
      hash = Math.imul(hash ^ text.charCodeAt(place), 0x5f356495)
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
