/**
 * Counts numbers in bounded memory. While they fit, all are counted, exactly. Then half of them are forgotten, the same
 * half for whoever asks (those whose lowest bit is 1), and so on: what is counted is always counted exactly.
 */
export interface SampledCounts {
  /** @returns how often the number was counted before; undefined where it is not among those counted */
  add(number: number): number | undefined
  /** How often; undefined where the number is not among those counted. */
  count(number: number): number | undefined
  /** True the first time for a number that was counted. */
  markFirst(number: number): boolean
  /** From now on one in so many, a power of 2, is counted. */
  thin(oneIn: number): void
  /** Of how many numbers one is counted: 1, 2, 4 … */
  readonly oneIn: number
  /** How many different numbers are kept. */
  readonly size: number
  /** All counts, one for each number. */
  counts(): Iterable<number>
}

/** The most numbers that are kept: 12 bytes each, in a table at most three quarters full. */
const mostNumbers = 1_500_000

const mostFilterBytes = 1 << 20

/** Nothing counted yet. */
export function createSampledCounts(limit = mostNumbers): SampledCounts {
  let keys = new Float64Array(1024)
  let tallies = new Uint32Array(1024)
  let size = 0
  let oneIn = 1
  // Small enough to stay near the processor: most numbers that were never added end here.
  const filter = new Uint8Array(Math.min(mostFilterBytes, 2 ** Math.ceil(Math.log2(limit))))
  const bitOf = (number: number): number => (number / 2048) & (filter.length * 8 - 1)

  const find = (table: Float64Array, number: number): number => {
    const mask = table.length - 1
    let at = (Math.floor(number / 65536) ^ number) & mask
    while (table[at] !== 0 && table[at] !== number) at = (at + 1) & mask
    return at
  }
  const isCounted = (number: number): boolean => ((number >>> 0) & (oneIn - 1)) === 0
  const rebuild = (slots: number): void => {
    const [oldKeys, oldTallies] = [keys, tallies]
    keys = new Float64Array(slots)
    tallies = new Uint32Array(slots)
    size = 0
    for (const [at, number] of oldKeys.entries()) {
      if (number === 0 || !isCounted(number)) continue
      const place = find(keys, number)
      keys[place] = number
      tallies[place] = oldTallies[at] ?? 0
      size += 1
    }
  }
  const makeRoom = (): void => {
    if (size >= limit) {
      oneIn *= 2
      rebuild(keys.length)
    } else if (size * 4 > keys.length * 3) rebuild(keys.length * 2)
  }
  return {
    get oneIn() {
      return oneIn
    },
    get size() {
      return size
    },
    add: (number) => {
      if (!isCounted(number)) return undefined
      const bit = bitOf(number)
      filter[bit >>> 3] = (filter[bit >>> 3] ?? 0) | (1 << (bit & 7))
      const at = find(keys, number)
      const before = tallies[at] ?? 0
      tallies[at] = before + countUnit
      if (keys[at] === number) return before >>> 1
      keys[at] = number
      size += 1
      makeRoom()
      return 0
    },
    thin: (wanted) => {
      if (wanted <= oneIn) return
      oneIn = wanted
      rebuild(keys.length)
    },
    count: (number) => {
      if (!isCounted(number)) return undefined
      const bit = bitOf(number)
      if (((filter[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return 0
      return (tallies[find(keys, number)] ?? 0) >>> 1
    },
    markFirst: (number) => {
      if (!isCounted(number)) return false
      const at = find(keys, number)
      const tally = tallies[at] ?? 0
      if (keys[at] !== number || (tally & 1) === 1) return false
      tallies[at] = tally | 1
      return true
    },
    *counts() {
      for (const [at, number] of keys.entries()) if (number !== 0) yield (tallies[at] ?? 0) >>> 1
    },
  }
}

/** The lowest bit of a tally is the mark. */
const countUnit = 2
