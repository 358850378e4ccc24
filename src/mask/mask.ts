import type { ColumnFacts, TableFacts } from '../postgres/tables/table-facts.ts'
import type { Cell } from '../seed/cell.ts'
import type { TypeGroup } from '../seed/classify/type-group.ts'
import type { Provenance } from './row-mask.ts'
import type { World } from './world.ts'

/** What a mask is compiled for. */
export interface MaskColumn {
  readonly world: World
  readonly table: TableFacts
  readonly column: ColumnFacts
  /** The model's or the table's name. */
  readonly model: string
  /** What the classifier takes the column for: the name of a generator. */
  readonly meaning: string | undefined
  /** What stands in brackets behind the mask's name. */
  readonly argument: string | undefined
  /** Distinct values must stay distinct: in this column, or in one that must mask alike. */
  readonly isUnique: boolean
  /** Values that differ in their case alone are equal there: citext, or an index on lower(). */
  readonly ignoresCase: boolean
  /** A constraint says what the values look like: digits stay digits, and letters letters. */
  readonly isPatterned: boolean
  /** Characters that the column holds, and every one that must mask alike. */
  readonly room: number
  /** Where a column of the table stands in a row that is handed in. */
  readonly place: (column: string) => number | undefined
  /** What is done with the columns of the table. */
  readonly plans: ReadonlyMap<string, { readonly mask: Pick<Mask, 'name'>; readonly meaning: string | undefined }>
  /** The column of the table that says whom its rows are about; undefined where they are about nobody. */
  readonly person: string | undefined
  /** Another mask, as it is written, for texts within the value. */
  readonly inner: (written: string) => CellMask | Unfit
}

/** A mask for one column and one key. */
export interface CellMask {
  /** The value is not NULL: NULL stays. The row holds the values of the source. */
  readonly apply: (value: string, row: readonly Cell[]) => Cell
  /**
   * How far distinct values stay distinct: Infinity for a bijection; a number of bits where two values meet with a
   * chance of 1 in 2^bits; 0 where they meet all the time.
   */
  readonly distinctBits: number
  /** The column of the table together with which distinct values stay distinct for certain. */
  readonly distinctWith?: string
  /** The public words that values are drawn from, where there is such a list: an overlap with them is chance. */
  readonly vocabulary?: ReadonlySet<string>
}

/** A kind of mask: one file of `masks/` each. */
export interface Mask {
  /** As the user writes it. */
  readonly name: string
  /** One line for the documentation. */
  readonly summary: string
  readonly provenance: Provenance
  /** True for one of the user's own: what it makes is taken as it is, or refused. */
  readonly isOwn?: true
  /** The types that it takes; any type where it is left out. */
  readonly types?: readonly TypeGroup[]
  /** Makes it for a column; why it cannot, where it cannot. */
  readonly compile: (input: MaskColumn) => CellMask | Unfit
}

/** Why a mask is not for a column, as a sentence without its full stop. */
export interface Unfit {
  readonly unfit: string
}

/** True where the mask cannot be made. */
export function isUnfit(compiled: CellMask | Unfit): compiled is Unfit {
  return 'unfit' in compiled
}
