import type { Rational } from '../rational.ts'

/** A type whose values stand on a line: each has an exact place, and any two compare as PostgreSQL compares them. */
export interface Line {
  /** Values of two columns compare with each other where this is the same. */
  readonly unit: 'number' | 'instant' | 'clock' | 'duration' | 'boolean' | 'uuid' | 'label'
  /** The place of a value; undefined for text that is none, and for NaN and infinity. */
  parse(text: string): Rational | undefined
  format(value: Rational): string
  readonly lowest: Rational
  readonly highest: Rational
  /** Distances between values that are drawn, coarsest first; a finer one serves where a coarse one finds too few. */
  readonly grains: readonly Rational[]
  /** What PostgreSQL rounds to when it stores a value; undefined where it keeps or refuses it as it is. */
  readonly resolution: Rational | undefined
  /** Where values are drawn when nothing else is asked. */
  readonly preferred: readonly [Rational, Rational]
}
