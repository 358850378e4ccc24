import type { ExaminedColumn, ExaminedTable } from './examined.ts'

/** Columns with the same mask. */
export interface Alike {
  /** A number that no column has. */
  readonly id: number
  readonly columns: readonly number[]
}

/** Stands for all watched columns together: a number that none of them has, nor any group of them. */
export const anybody = 2 ** 30
/** Stands for the names of one row, two at a time. */
export const together = 2 ** 30 + 1

/** Columns with one mask give a value the same mask: a value of one of them must not come out of another. */
export function columnsAlike(tables: readonly ExaminedTable[]): ReadonlyMap<number, Alike> {
  const columns = tables.flatMap(({ watched }) => watched.filter(({ form }) => form === 'text'))
  const masks = [...new Set(columns.map(({ mask }) => mask))]
  return new Map(
    columns.map(({ id, mask }) => {
      const same = columns.filter((other) => other.mask === mask).map((other) => other.id)
      return [id, { id: -1 - masks.indexOf(mask), columns: same }]
    }),
  )
}

/** The columns with the mask of this one. */
export function alikeOf(alike: ReadonlyMap<number, Alike>, { id }: ExaminedColumn): Alike {
  return alike.get(id) ?? { id, columns: [id] }
}
