import type { Cell } from '../../seed/cell.ts'
import type { ExaminedTable } from './examined.ts'

/** Shorter ones are initials. */
const shortestName = 2

/** The names that stand in a row, each in a column of its own: given names, family names. */
export function namesIn({ watched }: ExaminedTable, row: readonly Cell[]): readonly string[] {
  return watched.flatMap(({ vocabulary, place }) => {
    const cell = vocabulary === undefined ? null : (row[place] ?? null)
    return cell === null || cell.length < shortestName ? [] : [cell]
  })
}

/** Two names of one row, in either order, as they stand in a text: together they point to somebody. */
export function namePairs(names: readonly string[]): readonly string[] {
  return names.flatMap((one, place) => names.flatMap((other, at) => (at === place ? [] : [`${one} ${other}`])))
}
