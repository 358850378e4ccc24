import { createBrakes } from '../../data/brakes/create-brakes.ts'
import { isFailure, withCause } from '../../errors/failure.ts'
import type { Connection } from '../../postgres/connect.ts'
import { inTransaction } from '../../postgres/in-transaction.ts'
import { alreadyUndone, batchesStopped, commitUnknown, rowsChanged } from '../errors.ts'
import { runsTable } from '../journal/fix-tables.ts'
import { firstProgress, lockProgress, writeProgress } from '../journal/run-progress.ts'
import { type FixRunRecord, insertRun, isFinished, readRuns, type RunHead, standingBatches } from '../journal/runs.ts'
import { performInSessions, type PerformedRun, prepareJournal } from '../run/perform-run.ts'
import { undoPlan } from '../undo/undo-run.ts'
import { placeOfImages } from '../undo/undo-table.ts'
import { isCut, keepSessions, whileCut } from './batch-sessions.ts'
import type { BatchSettings } from './batch-settings.ts'
import { noSums, withBatch } from './batch-sums.ts'
import { findChangedSince } from './find-changed-since.ts'

/** A run in batches that is taken back. */
export interface BatchedUndoPlan extends BatchSettings {
  readonly run: FixRunRecord
  readonly head: RunHead
  readonly overwrite: boolean
  readonly apply: boolean
  readonly samples: number
}

/** What was done. */
export interface BatchedUndo {
  readonly done: PerformedRun
  readonly overwritten: readonly string[]
  readonly batches: { readonly count: number; readonly rows: number; readonly longestMs: number }
}

/**
 * Takes the batches of a run back, the last one first, each in a transaction of its own, which is proven as any undo
 * is. Before the first one it looks for rows that have changed since, and begins nothing where there are any. Whatever
 * is killed, the same call goes on.
 * @throws FIX_ROWS_CHANGED, FIX_BATCHES_STOPPED
 */
export async function undoInBatches(plan: BatchedUndoPlan): Promise<BatchedUndo> {
  await using sessions = keepSessions(plan.database, 'tide fix undo')
  const { before, undo } = await whileCut(plan, sessions, async (first) => {
    const { watch } = first
    if (plan.apply) await prepareJournal(first)
    const before = standingBatches(plan.run.id, await readRuns(watch))
    const changed = plan.overwrite ? [] : await findChangedSince(watch, before)
    if (changed.length > 0) throw rowsChanged(changed)
    return { before, undo: plan.apply ? await beginUndo(watch, plan) : undefined }
  })
  const total = before.length
  let left = before
  let sums = noSums(plan.samples)
  const overwritten: string[] = []
  const stopped = (reason: string, cause?: unknown): Error => {
    const at = { visited: total - left.length, total, what: 'batches' as const, ...(undo === undefined ? {} : { run: undo }) }
    const failure = batchesStopped(`The undo of run ${plan.run.id}`, at, reason)
    return cause === undefined ? failure : withCause(failure, cause)
  }
  const signal = plan.signal ?? new AbortController().signal
  const isStopped = (): boolean => signal.aborted
  const brakes = createBrakes(plan, { name: plan.run.fix, signal, tell: () => Promise.resolve() })
  let troubleSince: number | undefined
  try {
    for (let batch = left.at(-1); batch !== undefined; batch = left.at(-1)) {
      await brakes.pass()
      if (isStopped()) throw stopped('It was interrupted.')
      try {
        const { done, lost } = await undoBatch(plan, await sessions.get(), batch, undo)
        sums = withBatch(sums, done)
        overwritten.push(...lost)
        left = left.slice(0, -1)
        troubleSince = undefined
      } catch (error) {
        if (isStopped()) throw stopped('It was interrupted.', error)
        const isDone = isFailure(error) && error.code === alreadyUndone.code
        const isUnknown = isFailure(error) && error.code === commitUnknown.code
        if (!isDone && !isUnknown && !isCut(error)) throw stopped(reasonOf(error), error)
        const now = plan.ports.now()
        troubleSince ??= now
        if (now - troubleSince > plan.lockBudgetMs) throw stopped('The connection is lost again and again.', error)
        if (!isDone) await sessions.drop()
        await plan.ports.sleep(isDone ? 0 : 100, signal)
        left = await readLeft(sessions, plan.run.id, left)
      }
      plan.report({ stage: plan.apply ? 'undoing' : 'rehearsing', done: total - left.length, total, detail: plan.run.fix })
    }
    if (undo !== undefined) await whileCut(plan, sessions, ({ work }) => finishUndo(work, undo, total))
  } finally {
    await brakes.close()
  }
  const rows = sums.whole.tables.reduce((sum, { counts }) => sum + counts.inserted + counts.updated + counts.deleted, 0)
  const batches = { count: sums.batches, rows, longestMs: Math.round(sums.whole.lockedMs) }
  return { done: { ...sums.whole, run: undo }, overwritten, batches }
}

async function undoBatch(
  plan: BatchedUndoPlan,
  sessions: Parameters<typeof performInSessions>[0],
  batch: FixRunRecord,
  undo: string | undefined,
): Promise<{ readonly done: PerformedRun; readonly lost: readonly string[] }> {
  // In a rehearsal the batches behind it still stand, and may have changed the same rows.
  const own = undoPlan(batch, plan.overwrite || !plan.apply)
  const done = await performInSessions(sessions, {
    ...plan,
    command: 'tide fix undo',
    label: `The undo of run ${plan.run.id}`,
    head: { ...plan.head, undoes: batch.id, batchOf: undo ?? null },
    commit: plan.apply,
    report: () => undefined,
    near: (table) => placeOfImages(batch, table),
    change: own.change,
    check: own.check,
  })
  return { done, lost: plan.apply ? own.overwritten() : [] }
}

/** Begins the record of the undo, or goes on with one that was stopped: two at once work on one. */
async function beginUndo(watch: Connection, { run, head }: BatchedUndoPlan): Promise<string> {
  return inTransaction(watch, async () => {
    await watch.query(`SELECT FROM ${runsTable} WHERE id = $1 FOR UPDATE`, [run.id])
    const begun = (await readRuns(watch)).findLast((one) => one.undoes === run.id && !isFinished(one))
    return begun?.id ?? (await insertRun(watch, head, firstProgress(run.progress?.batches ?? 0)))
  })
}

async function finishUndo(work: Connection, undo: string, batches: number): Promise<void> {
  await inTransaction(work, async () => {
    const progress = await lockProgress(work, undo)
    if (progress === undefined) return
    if (progress.done) return
    await writeProgress(work, undo, { ...progress, done: true, batches: progress.batches + batches })
  })
}

/** Those of which nobody knows yet that they are undone. */
async function readLeft(
  sessions: ReturnType<typeof keepSessions>,
  run: string,
  left: readonly FixRunRecord[],
): Promise<readonly FixRunRecord[]> {
  try {
    const { watch } = await sessions.get()
    const standing = new Set(standingBatches(run, await readRuns(watch)).map(({ id }) => id))
    return left.filter(({ id }) => standing.has(id))
  } catch (error) {
    // The next trial counts the time.
    if (!isCut(error)) throw error
    await sessions.drop()
    return left
  }
}

function reasonOf(error: unknown): string {
  if (!isFailure(error)) return error instanceof Error ? error.message : String(error)
  return [error.details.message, error.details.why ?? ''].filter((part) => part !== '').join('\n')
}
