import { afterBatch, afterFailure, firstPace, type Pace } from '../../data/batch/batch-size.ts'
import { describeKey, type KeyRange, type KeyValue, rangeSql } from '../../data/batch/key-range.ts'
import { createBrakes } from '../../data/brakes/create-brakes.ts'
import { endOfBatchSql } from '../../data/step/candidates.ts'
import { readTarget, type StepTarget } from '../../data/step/read-target.ts'
import { isFailure, withCause } from '../../errors/failure.ts'
import type { Connection } from '../../postgres/connect.ts'
import { sqlstateOf } from '../../postgres/sqlstate.ts'
import type { BatchedFixDefinition } from '../define-fix.ts'
import { batchesStopped, commitUnknown, scriptFailed } from '../errors.ts'
import { lockProgress, type RunProgress, writeProgress } from '../journal/run-progress.ts'
import type { RunHead } from '../journal/runs.ts'
import type { Fix } from '../run-fix.ts'
import { performInSessions, prepareJournal, type RunPlan } from '../run/perform-run.ts'
import { runScript } from '../run/run-script.ts'
import { type FixSessions, rowTexts } from '../run/sessions.ts'
import { type BatchSessions, isCut, keepSessions, rootCause, whileCut } from './batch-sessions.ts'
import { type BatchSums, noSums, withBatch } from './batch-sums.ts'
import { beginRun, readProgress } from './begin-run.ts'
import type { BatchSettings } from './batch-settings.ts'
import { dropEmptyRun } from './drop-empty-run.ts'

/** What is run in batches. */
export interface BatchedPlan extends BatchSettings {
  /** False: a rehearsal. */
  readonly apply: boolean
  readonly fix: Fix
  readonly definition: BatchedFixDefinition
  readonly head: RunHead
  /** Gets the names of the tables that statements of the script name. */
  readonly targets: Set<string>
  readonly samples: number
}

/** What was done, by this process and the one that began it. */
export interface BatchedOutcome extends BatchSums {
  /** The number of the run; undefined for a rehearsal. */
  readonly run: string | undefined
  readonly progress: RunProgress
}

/**
 * Runs a fix batch by batch along the key of its table, each in a transaction of its own in which the rows as they were
 * are kept and the run's cursor is moved. Whatever is killed or cut, a batch is there as a whole or not at all, and the
 * same call goes on behind the last one. A rehearsal rolls each batch back.
 * @throws FIX_BATCHES_STOPPED, FIX_UNDO_UNFINISHED, DATA_TABLE_MISSING, DATA_KEY_*
 */
export async function runInBatches(plan: BatchedPlan): Promise<BatchedOutcome> {
  await using sessions = keepSessions(plan.database, 'tide fix run')
  const { target, begun } = await whileCut(plan, sessions, async (first) => {
    const target = await findTarget(first.watch, plan)
    if (plan.apply) await prepareJournal(first)
    return { target, begun: await beginRun(first.watch, { ...plan, target }) }
  })
  const quiet = (): Promise<void> => Promise.resolve()
  const signal = plan.signal ?? new AbortController().signal
  const brakes = createBrakes(plan, { name: plan.fix.name, signal, tell: quiet })
  const walk: Walk = {
    plan,
    sessions,
    target,
    run: begun.run,
    progress: begun.progress,
    pace: firstPace,
    caution: 0,
    troubleSince: undefined,
    sums: noSums(plan.samples),
  }
  try {
    while (!walk.progress.done) {
      await brakes.pass()
      if (plan.signal?.aborted === true) throw stopped(walk, 'It was interrupted.')
      await step(walk)
      const { visited: done, total } = walk.progress
      const stage = plan.apply ? 'fixing' : 'rehearsing'
      plan.report({ stage, done, total: Math.max(total, done), detail: plan.fix.name })
    }
  } finally {
    await brakes.close()
  }
  return { ...walk.sums, run: walk.run, progress: walk.progress }
}

interface Walk {
  readonly plan: BatchedPlan
  readonly sessions: BatchSessions
  readonly target: StepTarget
  readonly run: string | undefined
  progress: RunProgress
  pace: Pace
  /** Batches that may not grow: a row that cannot be changed is near. */
  caution: number
  troubleSince: number | undefined
  sums: BatchSums
}

async function findTarget(watch: Connection, { fix, definition, database }: BatchedPlan): Promise<StepTarget> {
  const { table, key } = definition
  return readTarget(watch, { owner: `The fix ${fix.name}`, table, key }, database.schema)
}

/** One batch, or the end; what stands in its way is dealt with. */
async function step(walk: Walk): Promise<void> {
  const { plan } = walk
  const startedAt = plan.ports.now()
  let end: BatchEnd | undefined
  try {
    const sessions = await walk.sessions.get()
    end = await findEnd(sessions.watch, walk)
    await (end === undefined ? finish(sessions, walk) : change(sessions, walk, end))
    walk.troubleSince = undefined
    if (end === undefined) return
    if (walk.caution > 0) walk.caution--
    else walk.pace = afterBatch(walk.pace, { rows: end.visited, ms: plan.ports.now() - startedAt }, plan.targetMs)
  } catch (error) {
    await recover(walk, error, end)
  }
}

interface BatchEnd {
  readonly range: KeyRange
  readonly last: KeyValue
  readonly visited: number
}

async function findEnd(watch: Connection, { target, progress, pace }: Walk): Promise<BatchEnd | undefined> {
  const from = progress.cursor ?? undefined
  const candidates = { from: `${target.sql} AS tide_rows`, alias: 'tide_rows' }
  await watch.query(`BEGIN ISOLATION LEVEL READ COMMITTED; ${rowTexts}`)
  try {
    const sql = endOfBatchSql(candidates, target.key, { from, to: undefined }, pace.size)
    const { rows } = await watch.query<{ key: KeyValue; rows: number }>(sql)
    const [found] = rows
    return found && { range: { from, to: found.key }, last: found.key, visited: found.rows }
  } finally {
    await watch.query('ROLLBACK').catch(() => undefined)
  }
}

async function change(sessions: FixSessions, walk: Walk, end: BatchEnd): Promise<void> {
  const { plan, target, run, progress } = walk
  const { database, apply, report, signal } = plan
  const startedAt = plan.ports.now()
  const where = (alias: string): string => rangeSql(target.key, end.range, alias)
  const part = { target, batch: (alias = target.table) => where(alias) }
  const options = { database, apply, report, ...(signal === undefined ? {} : { signal }) }
  let next = progress
  const batch: RunPlan = {
    ...plan,
    command: 'tide fix run',
    label: `The fix ${plan.fix.name}`,
    head: { ...plan.head, batchOf: run ?? null },
    commit: plan.apply,
    samples: plan.samples,
    report: () => undefined,
    near: ({ root }) =>
      root.schema === target.schema && root.name === target.table ? { condition: where('t'), isLocked: false } : undefined,
    change: async (own) => {
      if (run !== undefined) await requireCursor(own.work, run, progress)
      await runScript(own, plan.fix, plan.targets, options, part)
    },
    keep: async (work, id, tables) => {
      next = advanced(progress, end, plan.ports.now() - startedAt)
      if (run !== undefined) await writeProgress(work, run, next)
      if (tables.length === 0) await dropEmptyRun(work, id)
    },
  }
  const done = await performInSessions(sessions, batch)
  walk.progress = plan.apply ? next : advanced(progress, end, plan.ports.now() - startedAt)
  walk.sums = withBatch(walk.sums, done)
}

function advanced(progress: RunProgress, { last, visited }: BatchEnd, ms: number): RunProgress {
  return {
    ...progress,
    cursor: last,
    visited: progress.visited + visited,
    batches: progress.batches + 1,
    longestMs: Math.max(progress.longestMs, Math.round(ms)),
  }
}

/** Another process may have gone on with the same run meanwhile: then its cursor counts. */
async function requireCursor(work: Connection, run: string, { cursor }: RunProgress): Promise<void> {
  const there = await lockProgress(work, run)
  if (there?.done === true || there?.cursor?.join('\0') !== cursor?.join('\0')) throw new Overtaken()
}

class Overtaken extends Error {}

async function finish({ work }: FixSessions, walk: Walk): Promise<void> {
  walk.progress = { ...walk.progress, done: true }
  if (walk.run !== undefined) await writeProgress(work, walk.run, walk.progress)
}

async function recover(walk: Walk, error: unknown, end: BatchEnd | undefined): Promise<void> {
  const { plan } = walk
  if (plan.signal?.aborted === true) throw stopped(walk, 'It was interrupted.', error)
  if (rootCause(error) instanceof Overtaken) return reload(walk)
  const isUnknown = isFailure(error) && error.code === commitUnknown.code
  if (isUnknown || isCut(error)) {
    await walk.sessions.drop()
    const now = plan.ports.now()
    walk.troubleSince ??= now
    if (now - walk.troubleSince > plan.lockBudgetMs) throw stopped(walk, 'The connection is lost again and again.', error)
    await plan.ports.sleep(100, plan.signal)
    return reload(walk)
  }
  if (end !== undefined && isOfRows(error)) {
    if (walk.pace.size > 1) {
      walk.pace = afterFailure({ ...walk.pace, size: Math.min(walk.pace.size, end.visited) })
      walk.caution = 12
      return
    }
    const row = describeKey(walk.target.key.map(({ name }) => name), end.last)
    throw stopped(walk, `At the row ${row}: ${reasonOf(error)}`, error)
  }
  if (!isFailure(error)) throw error
  throw stopped(walk, reasonOf(error), error)
}

/** After a COMMIT of which nobody knows, and where another process works as well, the database knows best. */
async function reload(walk: Walk): Promise<void> {
  if (walk.run === undefined) return
  try {
    walk.progress = (await readProgress((await walk.sessions.get()).watch, walk.run)) ?? walk.progress
  } catch (error) {
    // The next trial counts the time.
    if (!isCut(error)) throw error
    await walk.sessions.drop()
  }
}

/** The script threw, or a value or a constraint objects: half of the rows, and in the end one, tell which it is. */
function isOfRows(error: unknown): boolean {
  const state = sqlstateOf(rootCause(error))
  if (state !== undefined) return ['22', '23', '44', 'P0'].includes(state.slice(0, 2))
  return isFailure(error) && error.code === scriptFailed.code
}

function reasonOf(error: unknown): string {
  if (!isFailure(error)) return error instanceof Error ? error.message : String(error)
  const { message, why, where } = error.details
  const place = where === undefined ? '' : ` (${where.file}${where.line === undefined ? '' : `:${where.line}`})`
  return error.code === scriptFailed.code ? `${why ?? message}${place}` : [message, why ?? ''].filter((part) => part !== '').join(' ')
}

function stopped({ plan, run, progress }: Walk, reason: string, cause?: unknown): Error {
  const { visited, total } = progress
  const at = { visited, total: Math.max(total, visited), what: 'rows' as const, ...(run === undefined ? {} : { run }) }
  const failure = batchesStopped(`The fix ${plan.fix.name}`, at, reason)
  return cause === undefined ? failure : withCause(failure, cause)
}
