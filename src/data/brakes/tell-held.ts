import type { StepId } from '../store/step-record.ts'
import type { Connection } from '../../postgres/connect.ts'

/** Writes down why a data step is held, for whoever asks `tide data status`; undefined: it is not any more. */
export async function tellHeld(connection: Connection, id: StepId, reason: string | undefined): Promise<void> {
  await connection.query(
    "UPDATE tide.data_step SET reason = $3 WHERE ledger_schema = $1 AND migration = $2 AND state = 'running'",
    [id.schema, id.migration, reason === undefined ? null : `held: ${reason}`],
  )
}
