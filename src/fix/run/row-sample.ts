import { decodeRecord } from '../rows/record-text.ts'
import type { RowImage } from '../rows/row-image.ts'
import { keyCells, type TableShape } from '../rows/table-shape.ts'

/** One of the rows that a run changed, to be shown: the only place where a fix tells values. */
export interface RowSample {
  readonly key: Values
  /** Of a row that was updated, only what is another now; null where there was no row. */
  readonly before: Values | null
  readonly after: Values | null
}

/** Values in PostgreSQL's text form, by the names of their columns. */
export type Values = Readonly<Record<string, string | null>>

/** An image as it is shown. */
export function sampleOf(shape: TableShape, { before, after }: RowImage): RowSample {
  const names = shape.columns.map(({ name }) => name)
  const old = before === null ? undefined : decodeRecord(before)
  const now = after === null ? undefined : decodeRecord(after)
  const isShown = (place: number): boolean => old === undefined || now === undefined || old[place] !== now[place]
  const values = (cells: readonly (string | null)[] | undefined): Values | null =>
    cells === undefined
      ? null
      : Object.fromEntries(names.flatMap((name, place) => (isShown(place) ? [[name, cells[place] ?? null]] : [])))
  const key = keyCells(shape, now ?? old ?? [])
  return {
    key: Object.fromEntries(shape.key.map((name, place) => [name, key[place] ?? null])),
    before: values(old),
    after: values(now),
  }
}
