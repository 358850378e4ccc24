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
  /** Adds what others have counted; what is not counted on both sides is forgotten. */
  addAll(others: SharedCounts): void
  /** What was counted, for another thread: the same memory. Who has it may ask and mark, and add no more. */
  share(): SharedCounts
}

/** Memory of counts that several threads look at. */
export interface SharedCounts {
  readonly keys: Float64Array
  readonly tallies: Uint32Array
  readonly filter: Uint8Array
  readonly size: number
  readonly oneIn: number
}

/** The most numbers that are kept: 12 bytes each, in a table at most three quarters full. */
const mostNumbers = 750_000

const mostFilterBytes = 1 << 20

/** What has outgrown so many slots gets as many as it may ever need, at once: memory that is shared is let go late. */
const smallSlots = 1 << 14

/** Nothing counted yet, or what another thread shares. */
export function createSampledCounts(limit = mostNumbers, shared?: SharedCounts): SampledCounts {
  let keys = shared?.keys ?? new Float64Array(1024)
  let tallies = shared?.tallies ?? new Uint32Array(1024)
  let size = shared?.size ?? 0
  let oneIn = shared?.oneIn ?? 1
  const mostSlots = 2 ** Math.ceil(Math.log2((limit * 4) / 3 + 1))
  // Small enough to stay near the processor: most numbers that were never added end here.
  let filter = shared?.filter ?? new Uint8Array(Math.min(mostFilterBytes, 2 ** Math.ceil(Math.log2(limit))))
  const bitOf = (number: number): number => (number / 2048) & (filter.length * 8 - 1)

  const find = (table: Float64Array, number: number): number => {
    const mask = table.length - 1
    let at = (Math.floor(number / 65536) ^ number) & mask
    while (table[at] !== 0 && table[at] !== number) at = (at + 1) & mask
    return at
  }
  const isCounted = (number: number): boolean => ((number >>> 0) & (oneIn - 1)) === 0
  const rebuild = (slots: number): void => {
    let kept = 0
    for (const number of keys) if (number !== 0 && isCounted(number)) kept += 1
    const [oldKeys, oldTallies] = [new Float64Array(kept), new Uint32Array(kept)]
    let taken = 0
    for (let at = 0; at < keys.length; at++) {
      const number = keys[at] ?? 0
      if (number === 0 || !isCounted(number)) continue
      oldKeys[taken] = number
      oldTallies[taken++] = tallies[at] ?? 0
    }
    if (slots === keys.length) {
      keys.fill(0)
      tallies.fill(0)
    } else {
      keys = new Float64Array(slots <= smallSlots ? new ArrayBuffer(slots * 8) : new SharedArrayBuffer(slots * 8))
      tallies = new Uint32Array(slots <= smallSlots ? new ArrayBuffer(slots * 4) : new SharedArrayBuffer(slots * 4))
    }
    size = kept
    for (let at = 0; at < kept; at++) {
      const place = find(keys, oldKeys[at] ?? 0)
      keys[place] = oldKeys[at] ?? 0
      tallies[place] = oldTallies[at] ?? 0
    }
  }
  const makeRoom = (): void => {
    if (size >= limit) {
      oneIn *= 2
      rebuild(keys.length)
    } else if (size * 4 > keys.length * 3) rebuild(keys.length < smallSlots ? keys.length * 2 : mostSlots)
  }
  const add = (number: number, times: number): number | undefined => {
    if (!isCounted(number)) return undefined
    const bit = bitOf(number)
    filter[bit >>> 3] = (filter[bit >>> 3] ?? 0) | (1 << (bit & 7))
    const at = find(keys, number)
    const before = tallies[at] ?? 0
    tallies[at] = before + times * countUnit
    if (keys[at] === number) return before >>> 1
    keys[at] = number
    size += 1
    makeRoom()
    return 0
  }
  const thin = (wanted: number): void => {
    if (wanted <= oneIn) return
    oneIn = wanted
    rebuild(keys.length)
  }
  return {
    get oneIn() {
      return oneIn
    },
    get size() {
      return size
    },
    add: (number) => add(number, 1),
    thin,
    count: (number) => {
      if (!isCounted(number)) return undefined
      const bit = bitOf(number)
      if (((filter[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return 0
      return (tallies[find(keys, number)] ?? 0) >>> 1
    },
    markFirst: (number) => {
      if (!isCounted(number)) return false
      const at = find(keys, number)
      // Of two threads one is the first.
      return keys[at] === number && (Atomics.or(tallies, at, 1) & 1) === 0
    },
    *counts() {
      for (const [at, number] of keys.entries()) if (number !== 0) yield (tallies[at] ?? 0) >>> 1
    },
    addAll: (others) => {
      thin(others.oneIn)
      for (let at = 0; at < others.keys.length; at++) {
        const number = others.keys[at] ?? 0
        if (number !== 0) add(number, (others.tallies[at] ?? 0) >>> 1)
      }
    },
    share: () => {
      keys = sharable(keys, Float64Array)
      tallies = sharable(tallies, Uint32Array)
      filter = sharable(filter, Uint8Array)
      return { keys, tallies, filter, size, oneIn }
    },
  }
}

/** The lowest bit of a tally is the mark. */
const countUnit = 2

/**
 * The same in memory that threads share. Only what grows no more is put there: nobody tells the collector how much of
 * such memory is let go.
 */
function sharable<Numbers extends Float64Array | Uint32Array | Uint8Array>(
  numbers: Numbers,
  Type: new (memory: SharedArrayBuffer) => Numbers,
): Numbers {
  if (numbers.buffer instanceof SharedArrayBuffer) return numbers
  const shared = new Type(new SharedArrayBuffer(numbers.byteLength))
  shared.set(numbers)
  return shared
}
