import { columnRandoms } from '../random/cell-random.ts'
import type { CellAddress } from '../cell.ts'

const second = 1000
const day = 86_400 * second
const window = 730 * day

/**
 * When each row of a table came to be: within two years before `now`, more of them lately (the business grows), more by
 * day than by night, fewer at weekends; never on the day of `now` itself, so that what follows has room.
 */
export function momentsOf({ seed, model, now }: Pick<CellAddress, 'seed' | 'model'> & { readonly now: number }): (row: number) => number {
  const randoms = columnRandoms({ seed, model, field: '#moment' })
  const today = Math.floor(now / day) * day
  return (row) => {
    const random = randoms(row)
    let date = today - Math.ceil((1 - Math.sqrt(random.fraction())) * (window / day) + 1e-9) * day
    // 1970-01-01 was a Thursday; two of three rows of a weekend go to the Friday before.
    const weekday = (date / day + 4) % 7
    if ((weekday === 6 || weekday === 0) && random.fraction() < 2 / 3) date -= (weekday === 6 ? 1 : 2) * day
    // The mean of three is a hill around the early afternoon.
    const clock = (random.below(65_536) + random.below(65_536) + random.fraction() * 65_536) / 196_608
    return date + Math.floor(((clock + 1 / 12) % 1) * day)
  }
}

/** A moment moved behind what must be before it (the moments of its parents), as far towards `now` as it was. */
export function notBefore(moment: number, earliest: number, now: number): number {
  if (moment > earliest) return moment
  const start = now - window - 3 * day
  const share = Math.min(Math.max((moment - start) / (now - start), 0), 1)
  return Math.floor(earliest + second + Math.max(0, now - earliest - 2 * second) * share ** 4)
}
