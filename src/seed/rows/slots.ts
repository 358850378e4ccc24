import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'

/** The bounds of piece number `index`: no two pieces touch, and each leaves room before the next. */
export interface Slot {
  readonly start: string
  readonly end: string
}

const hour = 3_600_000
const day = 24 * hour

/**
 * Pieces of the type that a range spans, or of a start and an end column: of time from `now` backwards (what does not
 * fit into recorded history lies ahead), of numbers from 1.
 */
export function createSlots(column: ColumnFacts, now: number): (index: number) => Slot {
  const today = Math.floor(now / day) * day
  const back = 250_000
  const startOf = (index: number, step: number): number =>
    index < back ? today - (index + 1) * step : today + (index - back + 1) * step
  const time = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')
  switch (column.parts[0]?.baseType ?? column.baseType) {
    case 'date':
      return (index) => pair(startOf(index, 2 * day), day, (at) => new Date(at).toISOString().slice(0, 10))
    case 'timestamp':
      return (index) => pair(startOf(index, 2 * hour), 1.5 * hour, time)
    case 'timestamptz':
      return (index) => pair(startOf(index, 2 * hour), 1.5 * hour, (at) => `${time(at)}+00`)
    default:
      return (index) => pair(index * 10 + 1, 9, String)
  }
}

function pair(start: number, length: number, write: (at: number) => string): Slot {
  return { start: write(start), end: write(start + length) }
}

/** A range as PostgreSQL writes it, closed below and open above. */
export function rangeText({ start, end }: Slot): string {
  return `["${start}","${end}")`
}
