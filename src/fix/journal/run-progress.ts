import type { KeyValue } from '../../data/batch/key-range.ts'
import type { Connection } from '../../postgres/connect.ts'
import { runsTable } from './fix-tables.ts'

/** How far a run in batches has come. Written in the transaction of each batch. */
export interface RunProgress {
  /** The key of the last row that was gone through; null before the first, and of an undo. */
  readonly cursor: KeyValue | null
  readonly done: boolean
  /** Rows gone through, of about `total`. */
  readonly visited: number
  readonly total: number
  readonly batches: number
  /** Milliseconds of the longest batch. */
  readonly longestMs: number
}

/** Before the first batch. */
export function firstProgress(total: number): RunProgress {
  return { cursor: null, done: false, visited: 0, total, batches: 0, longestMs: 0 }
}

/** How far a run has come, its row locked until the transaction ends: nobody else works on it meanwhile. */
export async function lockProgress(work: Connection, run: string): Promise<RunProgress | undefined> {
  const { rows } = await work.query<{ progress: RunProgress | null }>(
    `SELECT progress FROM ${runsTable} WHERE id = $1 FOR UPDATE`,
    [run],
  )
  return rows[0]?.progress ?? undefined
}

/** Writes down how far it is now, and how long it has taken until now in all. */
export async function writeProgress(work: Connection, run: string, progress: RunProgress): Promise<void> {
  await work.query(
    `UPDATE ${runsTable} SET progress = $2,
      ms = (extract(epoch FROM clock_timestamp() - applied_at) * 1000)::bigint::integer WHERE id = $1`,
    [run, JSON.stringify(progress)],
  )
}
