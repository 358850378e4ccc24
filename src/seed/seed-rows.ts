import type { DataModel } from '../prisma/data-model.ts'
import { type Connection, withConnection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import type { CoverReport } from './cover/judge-cover.ts'
import { type ChunkThreads, createChunkThreads } from './deliver/chunk-threads.ts'
import { explaining } from './deliver/explain-refusal.ts'
import { type FilledTable, fillGroup } from './deliver/fill-group.ts'
import type { Progress } from './deliver/progress.ts'
import { reserveNumbers } from './deliver/reserve-numbers.ts'
import { ensureSeedLedger, finishRun, startRun } from './deliver/run-ledger.ts'
import type { TablePlan } from './plan/seed-plan.ts'
import { type PreparedRun, prepareRun } from './prepare-run.ts'
import { createRowMakers } from './rows/row-makers.ts'
import type { RuleSource } from './rules/load-rules.ts'
import type { SeedReport } from './seed-report.ts'
import type { TableCount } from './table-count.ts'
import type { TableRules } from './rows/table-rules.ts'

export type { SeedReport, TableCount }

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
  /** The share of cells, 0 to 1, that hold an edge case of their column; none where it is left out. */
  readonly edges?: number
  /** Milliseconds since 1970 that count as now. */
  readonly now: number
  /** True where `now` is part of what the environment asks for, so that another moment is another run. */
  readonly isPinned: boolean
  /** The user's own rules, by the names that `counts` takes. */
  readonly rules?: ReadonlyMap<string, TableRules>
  /** Where `rules` were read: threads read them there as well, and a run that goes on does for its own moment. */
  readonly ruleSource?: RuleSource
  /** Threads that make rows, beside the one that sends them. 0 where it is left out: one thread does both. */
  readonly workers?: number
  /** Rows for tables that are empty, whatever they hold in this database: they go elsewhere. */
  readonly isForEmpty?: boolean
  readonly signal?: AbortSignal
  readonly report?: SeedReport
}

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
  /** What the rows cover, where they are to cover everything. */
  readonly cover?: CoverReport
}

/**
 * Fills the tables of a database with synthetic rows, each table in a transaction of its own (tables of a cycle
 * together), and records what it did in the schema `tide`: the same input again changes nothing, and a run that was
 * stopped goes on with the tables that are not done.
 * @throws SEED_MODEL_UNKNOWN, SEED_CAPACITY, SEED_CYCLE, SEED_PARENT_EMPTY, SEED_EXCLUSION, SEED_CHECK_UNMET,
 * SEED_FILLED_OTHERWISE, SEED_TABLE_CHANGED, SEED_TABLES_EMPTIED, SEED_ROWS_HIDDEN, SEED_INTERRUPTED, and those of
 * `explainRefusal`
 */
export async function seedRows(input: SeedRowsInput): Promise<SeedRowsResult> {
  const start = performance.now()
  return withConnection(input.database, async (connection) => {
    const prepared = await explaining('the tables were read', () => prepareRun(connection, input))
    const { plan, run, done, adopted } = prepared
    const isNew = plan.tables.some(({ key }) => !done.has(key))
    if (isNew) {
      await explaining('the record in the schema tide was written', async () => {
        await ensureSeedLedger(connection)
        await startRun(connection, { id: run, seed: plan.seed, now: plan.now, adopted })
        await reserveNumbers(connection, plan.tables.filter(({ key }) => !done.has(key)))
      })
    }
    await using threads = isNew ? startThreads(prepared, input.workers) : undefined
    const tables = await fillGroups(connection, prepared, input, threads)
    if (isNew) await explaining('the record in the schema tide was written', () => finishRun(connection, run))
    const rows = tables.reduce((sum, table) => sum + (table.state === 'filled' ? table.rows : 0), 0)
    const cover = prepared.cover === undefined ? {} : { cover: prepared.cover }
    return { tables, rows, ms: Math.round(performance.now() - start), ...cover }
  })
}

/** None where they were not asked for, or where rules are functions that stand in no file. */
export function startThreads(
  { plan, rules, ruleSource }: PreparedRun,
  workers = 0,
): ChunkThreads | undefined {
  const isPossible = rules.size === 0 || ruleSource !== undefined
  return workers >= 1 && isPossible ? createChunkThreads(plan, Math.floor(workers), ruleSource) : undefined
}

async function fillGroups(
  connection: Connection,
  { plan, run, identities, done, locale, rules }: PreparedRun,
  progress: Progress,
  threads: ChunkThreads | undefined,
): Promise<readonly SeededTable[]> {
  const makers = createRowMakers(plan, { locale, rules })
  const chunks = threads === undefined ? {} : { chunks: (table: TablePlan) => threads.chunks(table) }
  const context = { connection, run, identities, makers, rules, progress, clock: () => performance.now(), ...chunks }
  const results: SeededTable[] = []
  const earlier: TablePlan[] = []
  for (const group of plan.groups) {
    const members = plan.tables.filter(({ key }) => group.tables.includes(key))
    const open = members.filter(({ key }) => !done.has(key))
    for (const table of members) {
      const rows = done.get(table.key)
      if (rows !== undefined) results.push(describe({ table, rows, state: 'unchanged', ms: 0, notes: [] }))
    }
    if (open.length > 0) results.push(...(await fillGroup(group, open, { ...context, earlier })).map(describe))
    earlier.push(...members)
  }
  return results
}

function describe({ table: { key, model }, rows, state, ms, notes }: FilledTable): SeededTable {
  return { table: key, ...(model === undefined ? {} : { model }), rows, state, ms, notes }
}
