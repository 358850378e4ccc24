import type { StepId } from '../store/step-record.ts'
import type { Connection } from '../../postgres/connect.ts'

/** Writes down why a data step is held, for whoever asks `tide data status`; undefined: it is not any more. */
export async function tellHeld(connection: Connection, id: StepId, reason: string | undefined): Promise<void> {
  await connection.query(
    `UPDATE tide.data_step SET reason = $3
      WHERE ledger_schema = $1 AND migration = $2 AND state = 'running' AND reason IS DISTINCT FROM $3`,
    [id.schema, id.migration, reason === undefined ? null : `held: ${reason}`],
  )
}

/** How many batches of all data steps were ever done in a database. */
export async function countBatches(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ count: number }>(
    'SELECT COALESCE(sum(batches), 0)::float8 AS count FROM tide.data_slice',
  )
  return rows[0]?.count ?? 0
}
