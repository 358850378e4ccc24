import type { Cell } from '../cell.ts'

/** Makes the rows of one table, in any order, each alone. */
export interface RowMaker {
  readonly rows: number
  /** Columns that are written, in the order of the table. */
  readonly columns: readonly string[]
  /** Of `columns`: whether texts of the type hold nothing that COPY must escape. */
  readonly isPlain: readonly boolean[]
  /** Columns that follow from each other: each with those that its generator looks at. */
  readonly ties: readonly (readonly string[])[]
  /** Whether a rule or a persona of the user says the value of a cell. */
  isOwn(index: number, column: string): boolean
  /**
   * The cells of a row, for `columns`; columns that close a cycle are NULL. The array is used again by the next call.
   * @param attempt counted up where the database refused the row; keys and relations stay
   */
  row(index: number, attempt?: number): readonly Cell[]
  /** One cell of a row, by column name, columns that close a cycle filled. */
  cell(index: number, column: string): Cell
  /** When the row came to be, in milliseconds since 1970. */
  moment(index: number): number
  /** The row of the parent to which the foreign key with this name points; -1 for none. */
  parentRow(index: number, relation: string): number
}

/** What rows of another table need of a parent. */
export type Parent = Pick<RowMaker, 'rows' | 'cell' | 'moment'>
