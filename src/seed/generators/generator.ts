import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import type { Cell } from '../cell.ts'
import type { Locale } from '../locale/locale.ts'
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
  /**
   * When the row came to be, in milliseconds since 1970: by `momentOf`, and not before its parents'. Every other time
   * of the row follows from it.
   */
  readonly moment: number
}

/** Whom a row is about; made once per row, so all that it says of a person agrees. */
export interface Person {
  readonly firstName: string
  readonly lastName: string
  readonly sex: 'female' | 'male'
  /** `anna.meyer417`, ASCII; distinct for distinct rows of a table: permuted over the space of names and numbers. */
  readonly handle: string
}

/** Where a row is about; one place in all its parts. */
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
  readonly seed: string
  /** `notNull` is believed: set it where a key or a CHECK forbids NULL as well. */
  readonly column: ColumnFacts
  /** All columns of the table: what a value may have to agree with. */
  readonly columns: readonly ColumnFacts[]
  /** The model's or the table's name, for context. */
  readonly model: string
  readonly locale: Locale
  /** Milliseconds since 1970 that count as now: pinned or rolling, the environment says which. */
  readonly now: number
  /** Rows that will be made of the table. No value may depend on it: more rows change no row. */
  readonly rows: number
  /** Where the Prisma schema models the column. */
  readonly prisma?: PrismaField
}

/** What only the Prisma schema knows of a column. */
export interface PrismaField {
  /** As the schema writes it: `cuid()`, `uuid(7)`, `nanoid(12)`, `now()`, `autoincrement()`. */
  readonly defaultText?: string
  readonly isUpdatedAt?: boolean
  /** The `///` comments, in which `@seed(…)` and `@pii(…)` overrule the classifier. */
  readonly documentation?: string
}

/**
 * Makes the values of one column. Pure: all chance comes from `random`, whose address is the cell's.
 * NULL comes only where the column allows it and its meaning suggests it.
 */
export interface Generator {
  /** As the classifier names it: `email`, `createdAt`, `type:int4`. */
  readonly name: string
  /** Columns of the row that must be made before; never one that comes after this one itself. */
  readonly after: readonly string[]
  make(row: RowView, random: Random): Cell
  /** What is asked where a constraint does not take what this one makes: it would make the same again. */
  readonly otherwise?: Generator
  /**
   * The same meaning written otherwise: where checks do not take what this one counts off, the first form of which
   * they do is used in its place, so that a check on digits alone does not lead to a number that somebody has.
   */
  readonly forms?: readonly Generator[]
  /**
   * True where `make` gives distinct values, never NULL, for distinct rows by itself, for rows below `capacity`: a
   * unique column is filled with it as it is, and what the row shares (the person of an email) still agrees.
   */
  readonly distinct?: boolean
  /** True where the user says the values themselves: what a check does not take is not replaced. */
  readonly isOwn?: boolean
  /** How many distinct values `at` can give; undefined where values are not counted off. */
  readonly capacity?: number
  /** How many of the first values say something as they are: a permutation takes them before all others. */
  readonly first?: number
  /** The n-th distinct value, 0 <= n < capacity: what a unique column is filled with, through a permutation. */
  at?(index: number, row: RowView): string
}
