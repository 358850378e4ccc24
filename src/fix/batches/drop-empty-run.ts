import type { Connection } from '../../postgres/connect.ts'
import { runsTable } from '../journal/fix-tables.ts'

/** A batch that changed no row leaves no record of its own: there is nothing to take back. */
export async function dropEmptyRun(work: Connection, run: string): Promise<void> {
  await work.query(`DELETE FROM ${runsTable} WHERE id = $1 AND batch_of IS NOT NULL`, [run])
}
