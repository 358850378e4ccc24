import type { Rate } from './chance.ts'

/** What the gate measured, and its verdict: `gate.json`. Holds no value of any row. */
export interface GateReport {
  readonly version: 1
  readonly passed: boolean
  /** Never `anonymous`: that is said of synthetic data alone. */
  readonly kind: 'pseudonymised'
  readonly environment: string
  /** SHA-256 of the fixture's data: the report belongs to these files and to no others. */
  readonly run: string
  readonly tests: readonly GateTest[]
  readonly columns: readonly GateColumn[]
  readonly groups: readonly GateGroups[]
  /** How many columns have values of each provenance. */
  readonly provenance: Readonly<Record<string, number>>
  /** Tables taken as they are, as reference data. */
  readonly reference: readonly string[]
  /** How much of the source is compared with: one in so many values, and runs of characters. */
  readonly compared: { readonly valuesOneIn: number; readonly runsOneIn: number }
  /** What was measured before later migrations carried the fixture on. */
  readonly carriedFrom?: string
}

/** A question with an answer. */
export interface GateTest {
  readonly name: 'canaries' | 'rare-values' | 'overlap' | 'verbatim-runs'
  readonly passed: boolean
  /** One sentence. */
  readonly told: string
  /** Where it failed: `schema.table.column`. */
  readonly found: readonly string[]
}

/** What was seen of a column. */
export interface GateColumn {
  readonly column: string
  readonly piiClass: string
  readonly mask: string
  readonly cells: number
  readonly rareKept: number
  readonly rareElsewhere: number
  readonly drawnAgain: number
  readonly overlap: Compared
  readonly runs: Compared
}

/** A rate beside that of strangers' values. */
export interface Compared {
  readonly observed: Rate
  readonly byChance: Rate
  /** How likely so many hits or more are by chance alone. */
  readonly probability: number
}

/** k-anonymity of a table. */
export interface GateGroups {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: number
  /** Of the smallest group of rows that look the same; undefined where there are no rows. */
  readonly smallest: number | undefined
  /** The share of rows in groups of fewer than five. */
  readonly belowFive: number
  /** One in so many groups was counted. */
  readonly oneIn: number
}
