import { Bug } from '../../errors/bug.ts'
import { mix, type Words } from './hash-words.ts'
import type { Random } from './random.ts'

const twoTo32 = 0x1_0000_0000
const twoTo53 = Number.MAX_SAFE_INTEGER + 1

/** Chance that is pointed at an address, or begun from 128 bits; the same object each time. */
export interface PointedRandom extends Random {
  /** Chance of a cell of the column whose key this is. */
  point(row: number, attempt: number): Random
  /** Chance that follows from these 128 bits alone, which are as good as random themselves. */
  begin(w0: number, w1: number, w2: number, w3: number): Random
}

/** sfc32: 128 bits of state, passes PractRand; distinct cells of a column have distinct states. */
export function createSfc32(key: Words): PointedRandom {
  const [k0, k1, k2, k3] = key
  let a = k0
  let b = k1
  let c = k2
  let d = k3

  function next(): number {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum
  }

  function fraction(): number {
    const high = next() >>> 5
    return (high * 0x400_0000 + (next() >>> 6)) / twoTo53
  }

  function below(limit: number): number {
    // One draw does where its bias, limit / 2^32, is none to speak of; two do for 32 bits; above, what would be uneven
    // is drawn again.
    if (limit <= 65_536) return Math.floor(((next() >>> 0) / twoTo32) * limit)
    if (limit <= twoTo32) return Math.floor(fraction() * limit)
    if (limit > twoTo53) throw new Bug(`below(${limit}): the limit is at most 2^53`)
    const even = twoTo53 - (twoTo53 % limit)
    let drawn = fraction() * twoTo53
    while (drawn >= even) drawn = fraction() * twoTo53
    return drawn % limit
  }

  function belowBig(limit: bigint): bigint {
    if (limit <= BigInt(twoTo53)) return BigInt(below(Number(limit)))
    const bits = (limit - 1n).toString(2).length
    for (;;) {
      let drawn = 0n
      for (let taken = 0; taken < bits; taken += 32) drawn = (drawn << 32n) | BigInt(next() >>> 0)
      drawn = BigInt.asUintN(bits, drawn)
      if (drawn < limit) return drawn
    }
  }

  const random = {
    fraction,
    below,
    belowBig,
    pick<Value>(values: readonly Value[]): Value {
      if (values.length === 0) throw new Bug('Nothing to pick from')
      // Below the length there is a value, also where it is undefined.
      return values[below(values.length)] as Value
    },
    point(row: number, attempt: number): Random {
      const high = Math.floor(row / twoTo32)
      // Each word of the address goes through a bijection of one word of the state: no two addresses meet.
      a = mix(k0 ^ (row | 0))
      b = mix(k1 ^ high) ^ a
      c = mix(k2 ^ attempt) ^ b
      d = k3
      for (let round = 0; round < 8; round++) next()
      return random
    },
    begin(w0: number, w1: number, w2: number, w3: number): Random {
      a = w0
      b = w1
      c = w2
      d = w3
      for (let round = 0; round < 4; round++) next()
      return random
    },
  }
  return random
}
