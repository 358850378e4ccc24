import { type Failure, isFailure } from '../../errors/failure.ts'
import type { Connection } from '../../postgres/connect.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import { compileTableChecks } from '../compile-table-checks.ts'
import { filledTables, readParents } from '../deliver/read-existing.ts'
import type { Locale } from '../locale/locale.ts'
import { nameTables } from '../plan/name-tables.ts'
import { planSeed, type TableChecks } from '../plan/plan-seed.ts'
import type { SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import { tableKey } from '../plan/table-key.ts'

/** Which rows a rehearsal gets. */
export interface RehearsalRows {
  /** Of each table; fewer where it has no room for as many. */
  readonly rows: number
  readonly seed: string
  /** Milliseconds since 1970 that count as now. */
  readonly now: number
  readonly locale: Locale
}

/** What can be filled, and why the rest cannot. */
export interface RehearsalPlan {
  readonly plan: SeedPlan
  /** By `schema.table`. */
  readonly skipped: ReadonlyMap<string, string>
}

/** What is known of the tables before they are planned. */
export interface KnownTables {
  readonly facts: readonly TableFacts[]
  readonly checks: ReadonlyMap<string, TableChecks>
  /** Tables in which rows stand already: they are parents, and get no others. */
  readonly standing: ReadonlySet<string>
  /** Tables that cannot be filled, with the reason. */
  readonly skipped: ReadonlyMap<string, string>
}

/** Reads which tables have rows, and compiles the checks of the others. */
export async function knowTables(
  connection: Connection,
  facts: readonly TableFacts[],
  now: number,
): Promise<KnownTables> {
  const standing = await filledTables(connection, facts)
  const checks = new Map<string, TableChecks>()
  const skipped = new Map<string, string>()
  for (const table of facts) {
    const key = tableKey(table)
    if (standing.has(key)) continue
    try {
      checks.set(key, await compileTableChecks(table, { now, serverNow: now }))
    } catch (error) {
      if (!isFailure(error)) throw error
      skipped.set(key, error.details.message)
    }
  }
  return { facts, checks, standing, skipped }
}

/**
 * Plans rows for every table that can have some. Unlike a seed run it never refuses: a table that cannot be filled is
 * left out, with those that need its rows.
 */
export async function planRehearsal(
  connection: Connection,
  known: KnownTables,
  input: RehearsalRows,
): Promise<RehearsalPlan> {
  const skipped = new Map(known.skipped)
  const limits = new Map<string, number>()
  const tables = nameTables(known.facts, undefined, '')
  for (;;) {
    const counts = new Map(
      [...known.checks.keys()]
        .filter((key) => !skipped.has(key))
        .map((key) => [key, Math.min(input.rows, limits.get(key) ?? input.rows)]),
    )
    const filled = tables.filter(({ key }) => counts.has(key)).map((table) => table.facts)
    const parents = await readParents(connection, filled, (key) => counts.has(key))
    try {
      const { checks } = known
      const plan = planSeed({ ...input, tables, counts, checks, parents, offsets: new Map(), rules: new Map() })
      return { plan: { ...plan, tables: plan.tables.map(tellingRows) }, skipped }
    } catch (error) {
      if (!isFailure(error) || !learn(error, skipped, limits, counts)) throw error
    }
  }
}

/** Numbered keys begin after it: a column that is made anew counts from 1, and is not to be the same by chance. */
const firstNumber = 100

/** The first row holds something in each column that it can: one that is NULL in all rows would not be missed. */
function tellingRows(table: TablePlan): TablePlan {
  const optional = table.columns.filter(({ fill }) => fill.kind === 'value' || fill.kind === 'distinct')
  const wishes = new Map(optional.map(({ column }) => [column, { kind: 'some' } as const]))
  return { ...table, offset: firstNumber, cover: [{ rowCase: 0, wishes }] }
}

/** What a refusal of the planner says of the tables. @returns false where it says nothing new */
function learn(
  { details: { message, meta = {} } }: Failure,
  skipped: Map<string, string>,
  limits: Map<string, number>,
  counts: ReadonlyMap<string, number>,
): boolean {
  const { model, capacity, tables } = meta
  if (typeof model === 'string' && typeof capacity === 'number' && capacity > 0 && capacity < (counts.get(model) ?? 0)) {
    limits.set(model, capacity)
    return true
  }
  const named = Array.isArray(tables) ? tables.map(String) : [String(model)]
  const fresh = named.filter((key) => counts.has(key))
  for (const key of fresh) skipped.set(key, message)
  return fresh.length > 0
}
