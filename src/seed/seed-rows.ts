import type { DataModel } from '../prisma/data-model.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { Bug } from '../errors/bug.ts'
import type { TableRules } from './rows/table-rules.ts'

/** How many rows of a table are made. */
export type TableCount =
  | { readonly rows: number }
  /** On average, of each row of the table that `of` names; some have none, some many. */
  | { readonly perParent: number; readonly of: string }

/** What is filled, and with what. */
export interface SeedRowsInput {
  readonly database: DatabaseUrl
  /** By model's name, or `schema.table` for what no model stands for. */
  readonly counts: ReadonlyMap<string, TableCount>
  /** What every table gets that `counts` does not name; 0, also where it is left out: nothing. */
  readonly rows?: number
  /** With `rows`: tables that no model stands for as well (join tables are always filled). */
  readonly unmodelled?: boolean
  /** Names of models and fields, and Prisma's client-side defaults. Left out: the catalog alone. */
  readonly model?: DataModel
  /** Limits the tables to these schemas of the database. */
  readonly schemas?: readonly string[]
  readonly seed: string
  /** As Faker names it: `en`, `de`. */
  readonly locale: string
  /** Milliseconds since 1970 that count as now. */
  readonly now: number
  /** True where `now` is part of what the environment asks for, so that another moment is another run. */
  readonly isPinned: boolean
  /** The user's own rules, by the names that `counts` takes. */
  readonly rules?: ReadonlyMap<string, TableRules>
  /** Threads that make rows, beside the one that sends them. 0 where it is left out: one thread does both. */
  readonly workers?: number
  readonly signal?: AbortSignal
  readonly report?: SeedReport
}

/** Told while rows are delivered. */
export type SeedReport = (event: {
  readonly stage: string
  readonly done?: number
  readonly total?: number
  readonly detail?: string
}) => void

/** What became of one table. */
export interface SeededTable {
  /** `schema.table`, as the catalog has it. */
  readonly table: string
  readonly model?: string
  readonly rows: number
  /** `unchanged`: an earlier run with the same input made these rows. */
  readonly state: 'filled' | 'unchanged'
  readonly ms: number
  /** What acted or was done another way: triggers, row-level security, checks that the database was asked for. */
  readonly notes: readonly string[]
}

/** What a run did. */
export interface SeedRowsResult {
  readonly tables: readonly SeededTable[]
  /** Rows of the tables with the state `filled`. */
  readonly rows: number
  readonly ms: number
}

/**
 * Fills the tables of a database with synthetic rows, each table in a transaction of its own (tables of a cycle
 * together), and records what it did in the schema `tide`: the same input again changes nothing, and a run that was
 * stopped goes on with the tables that are not done.
 */
export async function seedRows(input: SeedRowsInput): Promise<SeedRowsResult> {
  throw new Bug(`not yet: ${input.seed}`)
}
