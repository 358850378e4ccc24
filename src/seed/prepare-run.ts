import type { Connection } from '../postgres/connect.ts'
import { readTables } from '../postgres/tables/read-tables.ts'
import { compileTableChecks } from './compile-table-checks.ts'
import { countTables } from './count-tables.ts'
import type { CoverReport } from './cover/judge-cover.ts'
import { planCover } from './cover/plan-cover.ts'
import { readParents } from './deliver/read-existing.ts'
import { readStandingRows } from './deliver/read-standing-rows.ts'
import { readRun } from './deliver/run-ledger.ts'
import { loadLocale } from './locale/load-locale.ts'
import type { Locale } from './locale/locale.ts'
import { nameTables } from './plan/name-tables.ts'
import { planSeed } from './plan/plan-seed.ts'
import type { SeedPlan } from './plan/seed-plan.ts'
import type { TableRules } from './rows/table-rules.ts'
import { runIdentity } from './run-identity.ts'
import type { SeedRowsInput } from './seed-rows.ts'

/** A run that can begin, or go on. */
export interface PreparedRun {
  readonly plan: SeedPlan
  readonly locale: Locale
  readonly rules: ReadonlyMap<string, TableRules>
  /** What the run is called in the record of the database. */
  readonly run: string
  /** Tables that this run has filled before, by key. */
  readonly done: ReadonlySet<string>
  /** What the rows cover, where they are to cover everything. */
  readonly cover?: CoverReport
}

/** Reads what a run must know of the database, and plans it. Nothing is written. */
export async function prepareRun(connection: Connection, input: SeedRowsInput): Promise<PreparedRun> {
  const rules = input.rules ?? new Map<string, TableRules>()
  const facts = await readTables(connection, input.schemas === undefined ? {} : { schemas: input.schemas })
  const tables = nameTables(facts, input.model, input.database.schema)
  const { counts, isCovering } = await countTables(connection, input, tables, rules)
  const filled = tables.filter(({ key }) => counts.has(key))
  const locale = await loadLocale(input.locale)
  const now = input.isPinned ? input.now : undefined
  const { seed, edges } = input
  const run = runIdentity({ seed, locale: locale.name, now, tables, counts, rules, isCovering, edges })
  const recorded = await readRun(connection, run)
  const { done, offsets } = await readStandingRows(connection, filled, run, recorded?.tables ?? new Map())
  const moment = done.size > 0 ? (recorded?.now ?? input.now) : input.now
  const plan = planSeed({
    seed: input.seed,
    now: moment,
    ...(input.edges === undefined ? {} : { edges: input.edges }),
    locale,
    tables,
    counts,
    checks: new Map(
      await Promise.all(
        filled.map(async (table) => [table.key, await compileTableChecks(table.facts, moment)] as const),
      ),
    ),
    parents: await readParents(
      connection,
      filled.map((table) => table.facts),
      (key) => counts.has(key),
    ),
    offsets,
    rules,
  })
  if (!isCovering) return { plan, locale, rules, run, done }
  const covering = planCover(plan, { locale, rules })
  return { plan: covering.plan, locale, rules, run, done, cover: covering.report }
}
