import type { KeyValue } from '../batch/key-range.ts'
import type { StepId } from './step-record.ts'
import type { Connection } from '../../postgres/connect.ts'

/** A row that a data step could not change. */
export interface QuarantinedRow {
  readonly key: KeyValue
  readonly reason: string
}

/** The rows that were set aside, the first first. */
export async function readQuarantined(connection: Connection, id: StepId): Promise<readonly QuarantinedRow[]> {
  const { rows } = await connection.query<QuarantinedRow>(
    'SELECT key, reason FROM tide.data_quarantine WHERE ledger_schema = $1 AND migration = $2 ORDER BY at, key LIMIT 100',
    [id.schema, id.migration],
  )
  return rows
}
