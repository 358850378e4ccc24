import type { TouchedTable } from './table-shape.ts'

/** A row before and after a run, as the texts of `recordSql`; null where there was, or is, none. */
export interface RowImage {
  /** The primary key as `keySql` gives it, as text: `{5}`. */
  readonly key: string
  readonly before: string | null
  readonly after: string | null
}

/** Takes the images of a table, some at a time. */
export type ImageSink = (table: TouchedTable, images: readonly RowImage[]) => Promise<void>

/** How many rows of a table are not what they were. */
export interface RowCounts {
  readonly inserted: number
  readonly updated: number
  readonly deleted: number
}

/** Counts what some images tell. */
export function countImages(images: readonly RowImage[]): RowCounts {
  const inserted = images.filter(({ before }) => before === null).length
  const deleted = images.filter(({ after }) => after === null).length
  return { inserted, deleted, updated: images.length - inserted - deleted }
}

/** The sum of two counts. */
export function addCounts(one: RowCounts | undefined, other: RowCounts): RowCounts {
  if (one === undefined) return other
  return {
    inserted: one.inserted + other.inserted,
    updated: one.updated + other.updated,
    deleted: one.deleted + other.deleted,
  }
}
