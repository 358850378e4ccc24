import { type ApplyPorts, machinePorts, type Report } from '../apply/ports.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { describeSession } from '../postgres/sessions.ts'
import type { BrakeConfig } from '../project/config.ts'
import { runInBatches } from './batches/run-in-batches.ts'
import type { FixDefinition } from './define-fix.ts'
import type { RowCounts } from './rows/row-image.ts'
import { shownName } from './rows/table-shape.ts'
import type { CollectedTable } from './run/collect-images.ts'
import { performRun, type PerformedRun } from './run/perform-run.ts'
import type { HeldLock } from './run/read-locks.ts'
import type { RowSample } from './run/row-sample.ts'
import { runScript } from './run/run-script.ts'

/** A script of `scripts/fixes/`, loaded. */
export interface Fix {
  /** The name of its file without the extension. */
  readonly name: string
  /** Its path for messages, from the project's folder. */
  readonly file: string
  /** SHA-256 of the file, as hex. */
  readonly hash: string
  readonly definition: FixDefinition
}

/** How a run behaves towards others, for scripts and undos alike. */
export interface RunOptions {
  readonly database: DatabaseUrl
  /** How long one lock is waited for before the run makes way and begins again. Default 1000. */
  readonly lockTimeoutMs?: number
  /** How long it is tried in all. Default 60 000. */
  readonly lockBudgetMs?: number
  /** How long a batch should take, in milliseconds, of a fix in batches. Default 500. */
  readonly targetMs?: number
  /** What holds batches while the server is in trouble. */
  readonly brakes?: BrakeConfig
  /** Who runs it, kept with the run. */
  readonly appliedBy?: string | undefined
  readonly report?: Report
  readonly signal?: AbortSignal
  readonly ports?: ApplyPorts
}

/** What is run, and whether it stays. */
export interface FixRunOptions extends RunOptions {
  readonly fix: Fix
  /** False: a rehearsal, rolled back at its end. */
  readonly apply: boolean
  /** How many rows of each table are shown. Default 3. */
  readonly rows?: number
}

/** What a run did to a table. */
export interface FixTable extends RowCounts {
  readonly table: string
  /** False where no statement of the script names it: a trigger, a cascade or a function has changed it. */
  readonly named: boolean
  readonly rows: readonly RowSample[]
}

/** What a run did, or would do. */
export interface FixRunResult {
  readonly fix: string
  readonly mode: 'dry-run' | 'applied'
  readonly tables: readonly FixTable[]
  /** The number for `tide fix undo`, of an applied run. */
  readonly undo?: string
  /** The locks that it held until its end, for at most `lockedMs`. */
  readonly locks: readonly HeldLock[]
  readonly lockedMs: number
  /** Sessions that waited for it while it ran. */
  readonly keptWaiting: readonly string[]
  readonly attempts: number
  /** Of a run in batches: how many, and the longest; `rows` were gone through since the run began. */
  readonly batches?: { readonly count: number; readonly rows: number; readonly longestMs: number }
  readonly ms: number
}

/**
 * Runs a fix on a database in one transaction, or in one for each batch of its table's rows. Unless it is to be applied
 * that transaction is rolled back: a rehearsal
 * on the real rows, which holds the same locks for as long. Applied, the rows as they were are kept in the schema
 * `tide`, in the same transaction.
 * @throws FIX_* for what is refused, POSTGRES_*
 */
export async function runFix(options: FixRunOptions): Promise<FixRunResult> {
  const { fix, apply, ports = machinePorts } = options
  const startedAt = ports.now()
  const targets = new Set<string>()
  const { done, batches } = await perform(options, targets)
  return {
    fix: fix.name,
    mode: apply ? 'applied' : 'dry-run',
    tables: tablesOf(done, targets),
    ...(done.run === undefined ? {} : { undo: done.run }),
    ...lockFacts(done),
    attempts: done.attempts,
    ...(batches === undefined ? {} : { batches }),
    ms: Math.round(ports.now() - startedAt),
  }
}

interface Performed {
  readonly done: PerformedRun
  readonly batches?: NonNullable<FixRunResult['batches']>
}

async function perform(options: FixRunOptions, targets: Set<string>): Promise<Performed> {
  const { fix, apply, rows: samples = 3 } = options
  const { definition } = fix
  const head = {
    fix: fix.name,
    description: definition.description,
    scriptHash: fix.hash,
    undoes: null,
    appliedBy: options.appliedBy ?? null,
  }
  const defaults = runDefaults(options)
  if (definition.table !== undefined) {
    const plan = { ...defaults, ...batchDefaults(options), apply, fix, definition, head, targets, samples }
    const { whole, run, progress } = await runInBatches(plan)
    const batches = { count: progress.batches, rows: progress.visited, longestMs: progress.longestMs }
    return { done: { ...whole, run }, batches }
  }
  const done = await performRun({
    ...defaults,
    command: 'tide fix run',
    label: `The fix ${fix.name}`,
    head,
    commit: apply,
    samples,
    change: (sessions) => runScript(sessions, fix, targets, options),
  })
  return { done }
}

/** The settings of batches, with what counts where nothing is said. */
export function batchDefaults({ targetMs = 500, brakes = {} }: RunOptions) {
  return { targetMs, brakes }
}

/** The settings of a run, with what counts where nothing is said. */
export function runDefaults({ database, ports = machinePorts, ...given }: RunOptions) {
  return {
    database,
    lockTimeoutMs: given.lockTimeoutMs ?? 1000,
    lockBudgetMs: given.lockBudgetMs ?? 60_000,
    report: given.report ?? (() => undefined),
    signal: given.signal,
    ports,
  }
}

/** The tables of a run as they are told, by their names. Partitions are told as the table that they belong to. */
export function tablesOf({ tables }: PerformedRun, targets: ReadonlySet<string>): readonly FixTable[] {
  const roots = [...new Set(tables.map(({ shape }) => shownName(rootOf(shape))))].sort()
  return roots.map((table) => {
    const own = tables.filter(({ shape }) => shownName(rootOf(shape)) === table)
    const count = (kind: keyof RowCounts): number => own.reduce((sum, { counts }) => sum + counts[kind], 0)
    return {
      table,
      inserted: count('inserted'),
      updated: count('updated'),
      deleted: count('deleted'),
      named: own.some(({ shape }) => targets.has(shape.name) || targets.has(shape.root.name)),
      rows: own.flatMap(({ samples }) => samples),
    }
  })
}

function rootOf({ root }: CollectedTable['shape']): CollectedTable['shape']['root'] {
  return root
}

/** What a run held, and whom it kept waiting. */
export function lockFacts({ locks, lockedMs, contention }: PerformedRun) {
  return { locks, lockedMs: Math.round(lockedMs), keptWaiting: contention.keptWaiting.map(describeSession) }
}
