import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import type { Cell } from '../cell.ts'
import type { Random } from '../random/random.ts'

/** What a generator may know of the row that it fills. */
export interface RowView {
  /** From 0. */
  readonly index: number
  /** A value of the same row, already made, by column name; undefined where the table has no such column. */
  cell(column: string): Cell | undefined
  /** What several cells of a row share, made once per row: the same person, the same address. */
  readonly person: Person
  readonly address: PostalAddress
}

export interface Person {
  readonly firstName: string
  readonly lastName: string
  readonly sex: 'female' | 'male'
  /** Distinct for distinct rows of a table: permuted over the space of names and numbers. */
  readonly handle: string
}

export interface PostalAddress {
  readonly street: string
  readonly city: string
  readonly region: string
  readonly postalCode: string
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string
  readonly country: string
  readonly latitude: number
  readonly longitude: number
}

/** What a generator is made for. */
export interface GeneratorInput {
  readonly column: ColumnFacts
  /** The model's or the table's name, for context. */
  readonly model: string
  readonly locale: string
  /** Milliseconds since 1970 that count as now: pinned or rolling, the environment says which. */
  readonly now: number
  /** Rows that will be made of the table. */
  readonly rows: number
}

/** Makes the values of one column. Pure: all chance comes from `random`, whose address is the cell's. */
export interface Generator {
  /** As the classifier names it: `email`, `createdAt`, `type:int4`. */
  readonly name: string
  /** Columns of the row that must be made before. */
  readonly after: readonly string[]
  make(row: RowView, random: Random): Cell
  /** How many distinct values `at` can give; undefined where values are not counted off. */
  readonly capacity?: number
  /** The n-th distinct value, 0 <= n < capacity: what a unique column is filled with, through a permutation. */
  at?(index: number, row: RowView): string
}
