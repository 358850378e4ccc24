import { machinePorts } from '../apply/ports.ts'
import type { Connection } from '../postgres/connect.ts'
import { withConnection } from '../postgres/connect.ts'
import { nearestName } from '../errors/nearest-name.ts'
import { undoInBatches } from './batches/undo-in-batches.ts'
import { alreadyUndone, runUnknown } from './errors.ts'
import { findRun, type FixRunRecord, readRuns, type RunHead, undoneBy } from './journal/runs.ts'
import { batchDefaults, lockFacts, runDefaults, type FixRunResult, type RunOptions, tablesOf } from './run-fix.ts'
import { performRun, type PerformedRun } from './run/perform-run.ts'
import { undoPlan } from './undo/undo-run.ts'

/** Which run is taken back, and how. */
export interface UndoOptions extends RunOptions {
  /** The number of a run, or the name of a fix. */
  readonly run: string
  /** Gives rows that have changed since what they were before the run, all the same. */
  readonly overwrite?: boolean
  /** False: a rehearsal. Default true. */
  readonly apply?: boolean
  /** How many rows of each table are shown. Default 3. */
  readonly rows?: number
}

/** What an undo did. */
export interface UndoResult extends FixRunResult {
  /** The run that it took back. */
  readonly undoes: string
  /** Rows that had changed since, and were given what they were before the run. */
  readonly overwritten: readonly string[]
}

/**
 * Takes an applied run back: every row that it touched, its triggers and cascades among them, becomes what it was, byte
 * for byte. An undo is a run itself, with images of its own, from which it is proven before it is committed, and with
 * which it can be undone. A run in batches is taken back batch by batch, the last one first.
 * @throws FIX_ROWS_CHANGED naming rows that somebody has changed since, FIX_UNDO_*, FIX_RUN_UNKNOWN,
 * FIX_ALREADY_UNDONE; of one in batches also FIX_BATCHES_STOPPED
 */
export async function undoFix(options: UndoOptions): Promise<UndoResult> {
  const { ports = machinePorts, apply = true } = options
  const startedAt = ports.now()
  const run = await withConnection(options.database, (connection) => chooseRun(connection, options.run))
  const { done, overwritten, batches } = await perform(options, run, apply)
  return {
    fix: run.fix,
    mode: apply ? 'applied' : 'dry-run',
    undoes: run.id,
    tables: tablesOf(done, new Set(done.tables.map(({ shape }) => shape.name).filter((name) => isNamed(run, name)))),
    overwritten,
    ...(done.run === undefined ? {} : { undo: done.run }),
    ...lockFacts(done),
    attempts: done.attempts,
    ...(batches === undefined ? {} : { batches }),
    ms: Math.round(ports.now() - startedAt),
  }
}

/** The batches of a run tell what it touched, and an undo of them touches nothing else. */
function isNamed({ progress, tables }: FixRunRecord, name: string): boolean {
  return progress !== null || tables.some((table) => table.name === name)
}

interface Performed {
  readonly done: PerformedRun
  readonly overwritten: readonly string[]
  readonly batches?: NonNullable<FixRunResult['batches']>
}

async function perform(options: UndoOptions, run: FixRunRecord, apply: boolean): Promise<Performed> {
  const { overwrite = false, rows: samples = 3 } = options
  const head: RunHead = {
    fix: run.fix,
    description: run.description,
    scriptHash: run.scriptHash,
    undoes: run.id,
    appliedBy: options.appliedBy ?? null,
  }
  const defaults = runDefaults(options)
  if (run.progress !== null) {
    return undoInBatches({ ...defaults, ...batchDefaults(options), run, head, overwrite, apply, samples })
  }
  const plan = undoPlan(run, overwrite)
  const done = await performRun({
    ...defaults,
    command: 'tide fix undo',
    label: `The undo of run ${run.id}`,
    head,
    commit: apply,
    samples,
    change: plan.change,
    check: plan.check,
  })
  return { done, overwritten: plan.overwritten() }
}

/** @throws FIX_RUN_UNKNOWN, FIX_ALREADY_UNDONE */
export async function chooseRun(connection: Connection, given: string): Promise<FixRunRecord> {
  const runs = await readRuns(connection)
  const run = findRun(given, runs)
  if (run === undefined) throw runUnknown(given, nearestName(given, runs.map(({ fix }) => fix)))
  const by = undoneBy(run.id, runs)
  if (by !== undefined) throw alreadyUndone(run.id, by)
  return run
}
