import type { ProvenChange } from '../../support/proof-place.ts'

/** A migration with the rows that break it. */
export interface HazardCase extends ProvenChange {
  readonly kind: string
  readonly title: string
  /** `object: rows` of what breaks it; empty: it copes with all that could be made. */
  readonly breaks: readonly string[]
  /** Of the same kind, what was tried and did no harm, or could not be. */
  readonly others?: Readonly<Record<string, string>>
}

/** Towns, and people who live in them. */
export const people = `CREATE TABLE towns (id int PRIMARY KEY, name text NOT NULL);
  CREATE TABLE people (id int PRIMARY KEY, name text, email varchar(200), town int, age bigint, state text, born timestamp(3));`
