import type { Connection } from '../postgres/connect.ts'
import { inTransaction } from '../postgres/in-transaction.ts'
import { nearestName } from '../errors/nearest-name.ts'
import { runUnknown } from './errors.ts'
import { imagesTable, runsTable } from './journal/fix-tables.ts'
import { findRun, readRuns } from './journal/runs.ts'

/** What was forgotten. */
export interface PurgedRun {
  /** The number of the run, whose record stays. */
  readonly run: string
  readonly fix: string
  /** How many rows were kept. */
  readonly rows: number
}

/**
 * Deletes the rows that a run has kept, which makes its undo impossible; the record of the run stays.
 * @param given the number of a run, or the name of a fix, whose last run that is not undone counts
 * @throws FIX_RUN_UNKNOWN
 */
export async function purgeRun(connection: Connection, given: string): Promise<PurgedRun> {
  const runs = await readRuns(connection)
  const run = findRun(given, runs)
  if (run === undefined) throw runUnknown(given, nearestName(given, runs.map(({ fix }) => fix)))
  const own = [run.id, ...runs.filter(({ batchOf }) => batchOf === run.id).map(({ id }) => id)]
  return inTransaction(connection, async () => {
    // An undo that is under way reads them to its end.
    await connection.query(`SELECT FROM ${runsTable} WHERE id = ANY ($1::bigint[]) FOR UPDATE`, [own])
    const { rowCount } = await connection.query(`DELETE FROM ${imagesTable} WHERE run = ANY ($1::bigint[])`, [own])
    return { run: run.id, fix: run.fix, rows: rowCount ?? 0 }
  })
}
