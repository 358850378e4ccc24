import type { StepTarget } from '../../data/step/read-target.ts'
import type { Connection } from '../../postgres/connect.ts'
import { inTransaction } from '../../postgres/in-transaction.ts'
import { undoUnfinished } from '../errors.ts'
import { runsTable } from '../journal/fix-tables.ts'
import { firstProgress, type RunProgress } from '../journal/run-progress.ts'
import { insertRun, isFinished, readRuns, type RunHead, standingBatches, undoneBy } from '../journal/runs.ts'

/** A run to begin, or to go on with. */
export interface Beginning {
  readonly head: RunHead
  readonly target: StepTarget
  readonly apply: boolean
}

/** Where it begins. */
export interface Begun {
  /** Its number; undefined for a rehearsal. */
  readonly run: string | undefined
  readonly progress: RunProgress
}

/** Above it the planner's estimate does: counting takes minutes. */
const countedPages = 200_000

/**
 * Begins a run in batches, or goes on with the last one of the same fix, where that was stopped before its end. Two
 * processes that begin at once work on one run.
 * @throws FIX_UNDO_UNFINISHED
 */
export async function beginRun(watch: Connection, { head, target, apply }: Beginning): Promise<Begun> {
  if (!apply) return { run: undefined, progress: firstProgress(await countRows(watch, target)) }
  const total = await countRows(watch, target)
  return inTransaction(watch, async () => {
    await watch.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`${runsTable} ${head.fix}`])
    const runs = await readRuns(watch)
    const last = runs.findLast(({ fix, undoes, batchOf }) => fix === head.fix && undoes === null && batchOf === null)
    if (last !== undefined && !isFinished(last) && undoneBy(last.id, runs) === undefined) {
      const all = runs.filter(({ batchOf }) => batchOf === last.id)
      if (standingBatches(last.id, runs).length < all.length) throw undoUnfinished(head.fix, last.id)
      // It may have been corrected since.
      await watch.query(`UPDATE ${runsTable} SET script_hash = $2 WHERE id = $1`, [last.id, head.scriptHash])
      return { run: last.id, progress: last.progress ?? firstProgress(total) }
    }
    const progress = firstProgress(total)
    return { run: await insertRun(watch, head, progress), progress }
  })
}

/** How far a run has come by now. */
export async function readProgress(watch: Connection, run: string): Promise<RunProgress | undefined> {
  const { rows } = await watch.query<{ progress: RunProgress }>(`SELECT progress FROM ${runsTable} WHERE id = $1`, [run])
  return rows[0]?.progress
}

async function countRows(watch: Connection, { sql, pages, estimatedRows }: StepTarget): Promise<number> {
  if (pages >= countedPages && estimatedRows >= 1) return Math.round(estimatedRows)
  const { rows } = await watch.query<{ count: number }>(`SELECT count(*)::float8 AS count FROM ${sql}`)
  return rows[0]?.count ?? 0
}
