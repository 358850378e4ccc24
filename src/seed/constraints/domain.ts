import type { Cell } from '../cell.ts'
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
  /** Characters of text, or elements of an array. */
  readonly minLength?: number
  readonly maxLength?: number
  /** Regular expressions and LIKE patterns (translated) that must match, and must not. */
  readonly patterns: readonly { readonly source: string; readonly ignoreCase: boolean; readonly negated: boolean }[]
}

export interface Bound {
  readonly value: string
  readonly inclusive: boolean
}

/** One way to satisfy all CHECK constraints of a table at once (a disjunct of their normal form). */
export interface RowCase {
  /** By column name; a column that is not in it may hold anything its type and NOT NULL allow. */
  readonly domains: ReadonlyMap<string, Domain>
  /** `left operator right` between columns, with an offset in the type's own unit where the check has one. */
  readonly comparisons: readonly ColumnComparison[]
}

export interface ColumnComparison {
  readonly left: string
  readonly operator: '<' | '<=' | '=' | '<>'
  readonly right: string
  /** PostgreSQL's text of what is added to the right side: a number, an interval. */
  readonly offset?: string
}

/** The CHECK constraints of a table, compiled. */
export interface CompiledChecks {
  /** At least one, unless the checks contradict each other (then a failure says which). */
  readonly cases: readonly RowCase[]
  /** Outside the fragment: candidates are tried in the database. */
  readonly asked: readonly { readonly name: string; readonly expression: string; readonly reason: string }[]
}

/** Whether a value lies in a domain of a column with this type, and how one is drawn from it. */
export interface DomainSampler {
  contains(value: Cell): boolean
  /** Undefined where the domain is empty. */
  draw(random: Random): Cell | undefined
  /** How many distinct values there are; Infinity where nobody can count them. */
  readonly capacity: number
  /** The n-th distinct value, 0 <= n < capacity: for unique columns. Undefined where it cannot be counted off. */
  at?(index: number): string
}
