import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Cell } from '../cell.ts'
import type { CompiledChecks } from '../constraints/domain.ts'
import type { PrismaField } from '../generators/generator.ts'
import type { TotalPlan } from '../totals/total-plan.ts'
import type { CoverRows } from '../cover/cover-rows.ts'

/** Everything that the rows of a run depend on, as plain data: a worker that has it makes the same bytes. */
export interface SeedPlan {
  readonly seed: string
  readonly locale: string
  /** Milliseconds since 1970 that count as now. */
  readonly now: number
  /** The share of cells that hold an edge case; none where it is left out. */
  readonly edges?: number
  /** Tables that are filled, parents before children. */
  readonly tables: readonly TablePlan[]
  /** The same tables as they commit: most alone, those of a cycle together. */
  readonly groups: readonly TableGroup[]
  /** Keys of parents that this run does not make, by `schema.table`. */
  readonly parents: ReadonlyMap<string, ReadParent>
}

/** Tables that are filled in one transaction. */
export interface TableGroup {
  readonly tables: readonly string[]
  /** True where foreign keys must wait for the end of the transaction. */
  readonly isDeferred: boolean
}

/** A table whose rows were there before: the values that foreign keys point to. */
export interface ReadParent {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** A table that is filled. */
export interface TablePlan {
  /** `schema.table`. */
  readonly key: string
  /** The model's name, else the key: what addresses of cells say. */
  readonly name: string
  readonly model: string | undefined
  readonly facts: TableFacts
  readonly rows: number
  /** Added to row numbers in numbered keys, where rows are there already. */
  readonly offset: number
  /** Rows that count as other ones where values must be distinct: what is theirs is taken, or refused by a check. */
  readonly moved: MovedRows
  readonly fields: ReadonlyMap<string, PlannedField>
  readonly checks: CompiledChecks
  readonly relations: readonly RelationPlan[]
  readonly columns: readonly ColumnPlan[]
  /** Partial unique indexes whose predicates hold for one row of a group at most: only where all of them may. */
  readonly partials: readonly PartialPlan[]
  /** The checks of all other rows: together with, no predicate of `partials` holds. */
  readonly denied: CompiledChecks | undefined
  /** Columns that follow from the rows of other tables. */
  readonly totals: readonly TotalPlan[]
  /** What rows are there for, where they are to cover everything. */
  readonly cover?: CoverRows
  /** Rows that the user gives, from row 0 on, by column name. */
  readonly given: readonly ReadonlyMap<string, Cell>[]
}

/** By `indexOwner`, then by row: the number that counts instead of the row's own. */
export type MovedRows = ReadonlyMap<string, ReadonlyMap<number, number>>

/** What the Prisma schema calls a column, and what it says of it. */
export interface PlannedField extends PrismaField {
  readonly name: string
}

/** How the rows of a table find the parent that a foreign key points to. */
export interface RelationPlan {
  /** Of the foreign key. */
  readonly name: string
  readonly columns: readonly string[]
  /** `schema.table`. */
  readonly parent: string
  readonly targetColumns: readonly string[]
  /** What is NULL in a row without a parent; empty where every row has one. */
  readonly nullable: readonly string[]
  readonly pick: ParentPick
  /** Written as NULL first and set by one UPDATE at the end of the group: it closes a cycle. */
  readonly isPatched: boolean
  /** True where a child must not be older than this parent. */
  readonly isTimed: boolean
  /** A relation to the same table, made before, whose parent must be another one: `follower <> followed`. */
  readonly differsFrom: string | undefined
}

/** How a row picks its parent. */
export type ParentPick =
  /** Skewed: earlier rows have more children; a child of row n has a parent of the first n + 1. */
  | { readonly kind: 'free' }
  /** Forests: a row of the same table with a smaller number. */
  | { readonly kind: 'earlier' }
  /** Each row the one before it. */
  | { readonly kind: 'previous' }
  | { readonly kind: 'index'; readonly index: RowIndex }
  /** Written down row by row; -1 for none. */
  | { readonly kind: 'listed'; readonly parents: readonly number[] }
  /** Every n-th row has a parent of its own, the others any. */
  | { readonly kind: 'sparse'; readonly every: number }

/** A number that follows from the row's. */
export type RowIndex =
  | { readonly kind: 'row' }
  /**
   * A digit of the row number in a mixed radix, `floor(row / divisor)`, moved by chance that the lower digits decide:
   * rows that agree in all digits are the same row.
   */
  | { readonly kind: 'digit'; readonly divisor: number; readonly radix: number }
  /** Of a child among its siblings: the number of its parent, or its own place; see `placeOf`. */
  | { readonly kind: 'place'; readonly part: 'parent' | 'place'; readonly parents: number }
  /** Of two different rows of one table, each pair once; see `pairOf`. */
  | { readonly kind: 'pair'; readonly part: 'lesser' | 'greater' }
  /** Written down row by row. */
  | { readonly kind: 'listed'; readonly numbers: readonly number[] }

/** How a column is filled. */
export interface ColumnPlan {
  readonly column: string
  readonly fill: Fill
}

/** What a column is filled with. */
export type Fill =
  /** Never written: GENERATED ALWAYS AS. */
  | { readonly kind: 'omitted' }
  | { readonly kind: 'relation' }
  /** The row's number, from 1; or its place among the children of its parent. */
  | { readonly kind: 'number'; readonly index?: RowIndex }
  | { readonly kind: 'value' }
  /** The value that belongs to an index: no two indexes share one. `isScattered`: by a keyed permutation. */
  | {
      readonly kind: 'distinct'
      readonly index: RowIndex
      readonly isScattered: boolean
      readonly fold: boolean
      readonly mayBeNull: boolean
      /** How many values there are; undefined where the value follows from the row and not from the index. */
      readonly room?: number
    }
  /** A piece of time or of numbers that overlaps with no other of its group. */
  | { readonly kind: 'slot'; readonly index: RowIndex; readonly part: 'range' | 'start' | 'end' }

/** Rows in which the predicate of a partial unique index may hold; in all others it must not. */
export interface PartialPlan {
  readonly index: string
  readonly predicate: string
  readonly allowed: AllowedRows
}

/** Rows of which no two are in the same group. */
export type AllowedRows =
  | { readonly kind: 'sparse'; readonly every: number; readonly limit: number }
  /** The first rows: each value of the digit once. */
  | { readonly kind: 'below'; readonly limit: number }
