import type { Connection } from '../postgres/connect.ts'
import { inTransaction } from '../postgres/in-transaction.ts'
import { readTables } from '../postgres/tables/read-tables.ts'
import { compileTableChecks } from './compile-table-checks.ts'
import { countTables } from './count-tables.ts'
import type { CoverReport } from './cover/judge-cover.ts'
import { planCover } from './cover/plan-cover.ts'
import { lockFilled } from './deliver/claim-tables.ts'
import { filledOtherwise } from './deliver/errors.ts'
import { readParents } from './deliver/read-existing.ts'
import { readStandingRows, type StandingRows } from './deliver/read-standing-rows.ts'
import { readRun } from './deliver/run-ledger.ts'
import { loadLocale } from './locale/load-locale.ts'
import type { Locale } from './locale/locale.ts'
import { moveRows } from './move/move-rows.ts'
import { nameTables } from './plan/name-tables.ts'
import { planSeed } from './plan/plan-seed.ts'
import type { SeedPlan, TablePlan } from './plan/seed-plan.ts'
import type { TableRules } from './rows/table-rules.ts'
import { loadRules, type RuleSource } from './rules/load-rules.ts'
import { runIdentity } from './run-identity.ts'
import type { SeedRowsInput } from './seed-rows.ts'
import { readServerDay } from './server-day.ts'
import { tableIdentities } from './table-identities.ts'

/** A run that can begin, or go on. */
export interface PreparedRun {
  readonly plan: SeedPlan
  readonly locale: Locale
  readonly rules: ReadonlyMap<string, TableRules>
  /** Where threads read the rules. */
  readonly ruleSource?: RuleSource
  /** What the run is called in the record of the database. */
  readonly run: string
  /** By table, what its rows follow from. */
  readonly identities: ReadonlyMap<string, string>
  /** Tables that this run has filled before, or another with the same rows, by key, with the rows that they took. */
  readonly done: ReadonlyMap<string, number>
  /** Those that another run filled. */
  readonly adopted: readonly string[]
  /** What the rows cover, where they are to cover everything. */
  readonly cover?: CoverReport
}

/**
 * Reads what a run must know of the database, and plans it. Nothing is written, and no other run fills or empties
 * tables meanwhile.
 */
export function prepareRun(connection: Connection, input: SeedRowsInput): Promise<PreparedRun> {
  return inTransaction(connection, async () => {
    await lockFilled(connection)
    return prepareWithin(connection, input)
  })
}

/** Tables as if they were empty. */
const nobody: StandingRows = { done: new Map(), offsets: new Map(), moved: new Map() }

/** The same in a transaction of `inTransaction` or `applyReference` that is open, and sees what was done there. */
export async function prepareWithin(connection: Connection, input: SeedRowsInput): Promise<PreparedRun> {
  const given = input.rules ?? new Map<string, TableRules>()
  const facts = await readTables(connection, input.schemas === undefined ? {} : { schemas: input.schemas })
  const tables = nameTables(facts, input.model, input.database.schema)
  const { counts, isCovering } = await countTables(connection, input, tables, given)
  const filled = tables.filter(({ key }) => counts.has(key))
  const locale = await loadLocale(input.locale)
  const now = input.isPinned ? input.now : undefined
  const { seed, edges } = input
  const identity = { seed, locale: locale.name, now, tables, counts, rules: given, isCovering, edges }
  const run = runIdentity(identity)
  const identities = tableIdentities(identity)
  const recorded = await readRun(connection, run, identities)
  const toFill = filled.map((table) => ({ ...table, rows: counts.get(table.key) ?? 0 }))
  const isForEmpty = input.isForEmpty === true
  const { done, offsets, moved } = isForEmpty ? nobody : await readStandingRows(connection, toFill, run, recorded)
  const moment = done.size > 0 ? (recorded?.now ?? input.now) : input.now
  // A run that goes on does so as of its own moment, also where a rule names a generator that asks for it.
  const ruleSource = input.ruleSource === undefined ? undefined : { ...input.ruleSource, now: moment }
  const rules = ruleSource === undefined || ruleSource.now === input.now ? given : await loadRules(ruleSource)
  const clocks = { now: moment, serverNow: await readServerDay(connection) }
  const plan = planSeed({
    seed: input.seed,
    now: moment,
    ...(input.edges === undefined ? {} : { edges: input.edges }),
    locale,
    tables,
    counts,
    checks: new Map(
      await Promise.all(
        filled.map(async ({ key, facts: one }) => [key, await compileTableChecks(one, clocks)] as const),
      ),
    ),
    parents: await readParents(
      connection,
      filled.map((table) => table.facts),
      (key) => counts.has(key),
    ),
    offsets,
    moved,
    rules,
  })
  const adopted = (recorded?.adopted ?? []).filter((key) => done.has(key))
  refuseNewLines(plan, adopted, done)
  const source = ruleSource === undefined ? {} : { ruleSource }
  const prepared = { plan, locale, rules, ...source, run, identities, done, adopted }
  const moving = { locale, rules, done }
  if (!isCovering) return { ...prepared, plan: await moveRows(connection, plan, moving) }
  const covering = planCover(plan, { locale, rules })
  return { ...prepared, plan: await moveRows(connection, covering.plan, moving), cover: covering.report }
}

/** Totals of rows that are there would have to follow from lines that are not. */
function refuseNewLines(plan: SeedPlan, adopted: readonly string[], done: ReadonlyMap<string, number>): void {
  const isNew = ({ totals }: TablePlan): boolean =>
    totals.some(({ sum }) => (sum.kind === 'rows' || sum.kind === 'lines') && !done.has(sum.lines.table))
  const foreign = plan.tables.filter((table) => adopted.includes(table.key) && isNew(table))
  if (foreign.length === 0) return
  const open = plan.tables.filter(({ key }) => !done.has(key))
  throw filledOtherwise(
    foreign.map(({ name }) => name),
    open.map(({ name }) => name),
  )
}
