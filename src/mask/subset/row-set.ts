/**
 * Places of rows in a table, each as one number, without a string for any: 16 bytes of memory a row. A place is where
 * PostgreSQL keeps a row (`ctid`), which is the same for a whole snapshot.
 */
export interface RowSet {
  readonly size: number
  /** True where it was not in it before. */
  add(place: number): boolean
  has(place: number): boolean
  /** All of them, in the order of the table. */
  sorted(): Float64Array
}

/** `(12,5)` as one number: a block has fewer than 2,048 rows. */
export function readPlace(ctid: string): number {
  const comma = ctid.indexOf(',')
  return Number(ctid.slice(1, comma)) * offsets + Number(ctid.slice(comma + 1, -1))
}

/** The other way. */
export function writePlace(place: number): string {
  return `(${Math.floor(place / offsets)},${place % offsets})`
}

const offsets = 2048

/** An open hash table: 0 is free, as no row has the place (0,0). */
export function createRowSet(): RowSet {
  let slots = new Float64Array(1024)
  let size = 0

  const find = (place: number): number => {
    const mask = slots.length - 1
    let at = (Math.imul(place % 4294967296, 0x9e3779b1) ^ Math.imul(Math.floor(place / 65536), 0x85ebca6b)) >>> 0
    at = (at ^ (at >>> 15)) & mask
    while (slots[at] !== 0 && slots[at] !== place) at = (at + 1) & mask
    return at
  }
  const grow = (): void => {
    const before = slots
    slots = new Float64Array(before.length * 2)
    for (const place of before) if (place !== 0) slots[find(place)] = place
  }
  return {
    get size() {
      return size
    },
    add: (place) => {
      const at = find(place)
      if (slots[at] === place) return false
      slots[at] = place
      size += 1
      if (size * 2 > slots.length) grow()
      return true
    },
    has: (place) => slots[find(place)] === place,
    sorted: () => slots.filter((place) => place !== 0).sort(),
  }
}
