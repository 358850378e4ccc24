import type { TableFacts } from '../postgres/tables/table-facts.ts'
import type { Cell } from '../seed/cell.ts'
import type { OwnJudge } from './judge-own.ts'

/** How the values of a column come to be: what the privacy measure reports as its provenance. */
export type Provenance = 'kept' | 'masked' | 'generalised' | 'replaced' | 'null' | 'computed'

/** A column, and what is done with its values. */
export interface ColumnMask {
  readonly column: string
  /** D, Q, S, C, F, K or N: see classify/rule.ts. */
  readonly piiClass: string
  /** The mask's name, as the user writes it; `keep` where the value is taken as it is. */
  readonly mask: string
  readonly provenance: Provenance
  /** The public words that values are drawn from (names), where there is a list: an overlap with them is chance. */
  readonly vocabulary?: ReadonlySet<string>
}

/** One table's masks, compiled for one key. Pure and synchronous: the same row and key give the same row. */
export interface TableMask {
  readonly schema: string
  readonly table: string
  /** The columns in which rows are handed in and come out: all but generated ones, in the table's order. */
  readonly columns: readonly ColumnMask[]
  readonly maskRow: (row: readonly Cell[]) => readonly Cell[]
  /** Judges what masks of the user's own made; left out where the table has none. */
  readonly own?: OwnJudge
  /** SQL of a subquery to read in place of the table, where the source has to hand out values in another order. */
  readonly readFrom?: string
}

/** What `compileMasks` is made for. */
export interface MaskInput {
  readonly tables: readonly TableFacts[]
  /** Rows of each table of the source, by `schema.table`: what a mask of a unique column must have room for. */
  readonly counts: ReadonlyMap<string, number>
}
