import type { Cell } from '../cell.ts'
import type { OwnForm } from './own-form.ts'
import type { Random } from '../random/random.ts'

/** What a column may hold, in one case of a table's CHECK constraints. A value must satisfy every part. */
export interface Domain {
  readonly null: 'never' | 'always' | 'allowed'
  /** The only values, as PostgreSQL's text. */
  readonly values?: readonly string[]
  readonly excluded?: readonly string[]
  /** Bounds in PostgreSQL's text form, compared as the base type compares. */
  readonly min?: Bound
  readonly max?: Bound
  /** Characters of text, bytes of bytea, or elements of an array, also of JSON's. */
  readonly minLength?: number
  readonly maxLength?: number
  /** Regular expressions and LIKE patterns (translated) that must match, and must not. */
  readonly patterns: readonly Pattern[]
  /** Of integers: the value divided by the modulus leaves the remainder. */
  readonly step?: { readonly modulus: string; readonly remainder: string }
  /** What `jsonb_typeof` may say. */
  readonly jsonTypes?: readonly string[]
  /** Keys that an object has. */
  readonly jsonKeys?: readonly string[]
  /** What each element of an array must satisfy. */
  readonly elements?: Domain
  /** Elements that an array has, among others. */
  readonly holds?: readonly string[]
  /** What each attribute of a composite type must satisfy, in their order. */
  readonly attributes?: readonly Domain[]
}

/** An end of an interval. */
export interface Bound {
  readonly value: string
  readonly inclusive: boolean
}

/** A JavaScript regular expression for the flags `u` and `s`, which matches what PostgreSQL's would. */
export interface Pattern {
  readonly source: string
  readonly ignoreCase: boolean
  readonly negated: boolean
}

/** One way to satisfy all CHECK constraints of a table at once (a disjunct of their normal form). */
export interface RowCase {
  /** By column name; a column that is not in it may hold anything its type and NOT NULL allow. */
  readonly domains: ReadonlyMap<string, Domain>
  /** Each holds, or one of its columns is NULL. */
  readonly comparisons: readonly ColumnComparison[]
  /** How often the case should be picked, against the others: less where columns must be NULL. */
  readonly weight: number
}

/**
 * The sum of the terms stands in relation to 0: `ends_at - starts_at - 1 hour > 0`, `total - quantity * price = 0`.
 * Times count in microseconds.
 */
export interface ColumnComparison {
  readonly terms: readonly Term[]
  readonly operator: '<' | '<=' | '=' | '<>'
}

/** A part of a sum. */
export interface Term {
  /** A whole number or a fraction: `-1`, `1/3`. */
  readonly coefficient: string
  /** Columns that are multiplied; none for a constant. */
  readonly columns: readonly string[]
}

/** The CHECK constraints of a table, compiled. */
export interface CompiledChecks {
  /** At least one; the richest first (contradicting checks are a failure that names them). */
  readonly cases: readonly RowCase[]
  /** Outside the fragment: candidates are tried in the database. */
  readonly asked: readonly AskedCheck[]
  /** The columns of each check that is compiled: a row satisfies it where all of them come from one making of it. */
  readonly tied: readonly (readonly string[])[]
}

/** A CHECK that is tried in the database, and why. */
export interface AskedCheck {
  readonly name: string
  readonly expression: string
  /** Those that it speaks of, generated ones as what they are computed from. */
  readonly columns: readonly string[]
  readonly reason: string
  /** Of a domain: the column whose value, or each of whose elements, `expression` calls VALUE. */
  readonly value?: DomainValue
  /** What makes a value that it refuses one that it takes, where that is known. */
  readonly ownForm?: OwnForm
}

/** What the check of a domain speaks of. */
export interface DomainValue {
  readonly column: string
  /** True for the elements of an array. */
  readonly isElement: boolean
}

/** Whether a value lies in a domain of a column with this type, and how one is drawn from it. */
export interface DomainSampler {
  contains(value: Cell): boolean
  /** Undefined where the domain is empty. NULL only where nothing else is allowed. */
  draw(random: Random): Cell | undefined
  /** How many distinct values there are, NULL not counted; Infinity where nobody can count them. */
  readonly capacity: number
  /** The n-th distinct value, 0 <= n < capacity: for unique columns. Undefined where it cannot be counted off. */
  readonly at?: ((index: number) => string) | undefined
}
