import type { KeyRange, KeyValue } from '../batch/key-range.ts'
import type { Connection } from '../../postgres/connect.ts'
import { keepUntouched } from './quarantine.ts'
import type { StepId, StepState } from './step-record.ts'

/** What a data step begins with. */
export interface StepStart {
  readonly ledgerId: string
  readonly direction: 'up' | 'down'
  readonly hash: string
  readonly description: string | undefined
  readonly table: string | undefined
  readonly keyColumns: readonly string[]
  readonly total: number
  /** True for the way back of what stands recorded; rows that were never changed stay known for it. */
  readonly isOfRecorded?: boolean
}

/** A data step begins from its first row, whatever was known of it before. Within the caller's transaction. */
export async function writeStart(connection: Connection, id: StepId, start: StepStart): Promise<void> {
  // What was recorded of it stays for its way back; a step that begins anew records anew.
  const forgotten = [
    'tide.data_slice',
    'tide.data_batch',
    ...(start.isOfRecorded === true ? [] : ['tide.data_quarantine']),
    ...(start.direction === 'up' ? ['tide.data_undo'] : []),
  ]
  if (start.isOfRecorded === true) await keepUntouched(connection, id)
  for (const table of forgotten) {
    await connection.query(`DELETE FROM ${table} WHERE ledger_schema = $1 AND migration = $2`, [id.schema, id.migration])
  }
  await connection.query(
    `INSERT INTO tide.data_step (ledger_schema, migration, ledger_id, direction, state, hash, description, table_name, key_columns, total)
     VALUES ($1, $2, $3, $4, 'running', $5, $6, $7, $8, $9)
     ON CONFLICT (ledger_schema, migration) DO UPDATE SET ledger_id = EXCLUDED.ledger_id, direction = EXCLUDED.direction,
       state = EXCLUDED.state, hash = EXCLUDED.hash, description = EXCLUDED.description, table_name = EXCLUDED.table_name,
       key_columns = EXCLUDED.key_columns, total = EXCLUDED.total, pass = 1, left_over = NULL, reason = NULL,
       started_at = now(), ended_at = NULL`,
    [
      id.schema,
      id.migration,
      start.ledgerId,
      start.direction,
      start.hash,
      start.description ?? null,
      start.table ?? null,
      start.keyColumns,
      Math.round(start.total),
    ],
  )
}

/** A step counts as one that this database needs nothing of: no pass was ever made. Within the caller's transaction. */
export async function writeSkipped(connection: Connection, id: StepId, ledgerId: string): Promise<void> {
  const nothing = { description: undefined, table: undefined, keyColumns: [], total: 0 }
  await writeStart(connection, id, { ...nothing, ledgerId, direction: 'up', hash: '' })
  await writeLeft(connection, id)
}

/** The same for a step that was begun and ended: what is known of it stays, for its way back. */
export async function writeLeft(connection: Connection, id: StepId): Promise<void> {
  await writeState(connection, id, 'done', 'by `tide data skip`')
  await connection.query('UPDATE tide.data_step SET pass = 0 WHERE ledger_schema = $1 AND migration = $2', [id.schema, id.migration])
}

/** A step that was begun and skipped stands as it did, but that it may go on. False for one that was never begun. */
export async function writeTakenUp(connection: Connection, id: StepId): Promise<boolean> {
  const { rowCount } = await connection.query(
    `UPDATE tide.data_step SET state = 'running', reason = NULL, ended_at = NULL, pass =
        (SELECT max(pass) FROM tide.data_slice WHERE ledger_schema = $1 AND migration = $2)
      WHERE ledger_schema = $1 AND migration = $2
        AND EXISTS (SELECT FROM tide.data_slice WHERE ledger_schema = $1 AND migration = $2)`,
    [id.schema, id.migration],
  )
  return rowCount === 1
}

/** Nothing is known of a step any more: it is owed. */
export async function forgetStep(connection: Connection, id: StepId): Promise<void> {
  await connection.query('DELETE FROM tide.data_step WHERE ledger_schema = $1 AND migration = $2', [id.schema, id.migration])
}

/** Adds slices to go through, after those that are there. */
export async function writeSlices(
  connection: Connection,
  id: StepId,
  pass: number,
  ranges: readonly KeyRange[],
): Promise<void> {
  await connection.query(
    `INSERT INTO tide.data_slice (ledger_schema, migration, slice, pass, from_key, to_key, cursor)
     SELECT $1, $2, last.slice + range.place, $3, range.from_key, range.to_key, range.from_key
       FROM ROWS FROM (json_to_recordset($4) AS ("from" text[], "to" text[]))
              WITH ORDINALITY AS range (from_key, to_key, place),
            (SELECT COALESCE(max(slice), 0) AS slice FROM tide.data_slice
              WHERE ledger_schema = $1 AND migration = $2) AS last`,
    [id.schema, id.migration, pass, JSON.stringify(ranges)],
  )
}

/** What is done of a step, as ranges: what its way back has to go through. */
export async function readDoneRanges(connection: Connection, id: StepId): Promise<readonly KeyRange[]> {
  const { rows } = await connection.query<{ from: KeyValue | null; to: KeyValue | null }>(
    `SELECT from_key AS "from", CASE WHEN done THEN to_key ELSE cursor END AS "to" FROM tide.data_slice
      WHERE ledger_schema = $1 AND migration = $2 AND pass = 1 AND (done OR cursor IS DISTINCT FROM from_key)
      ORDER BY slice`,
    [id.schema, id.migration],
  )
  return rows.map(({ from, to }) => ({ from: from ?? undefined, to: to ?? undefined }))
}

/** Sets a step's state, and why. */
export async function writeState(connection: Connection, id: StepId, state: StepState, reason?: string): Promise<void> {
  await connection.query(
    `UPDATE tide.data_step SET state = $3, reason = $4,
            ended_at = CASE WHEN $3 IN ('done', 'failed', 'cancelled') THEN clock_timestamp() END
      WHERE ledger_schema = $1 AND migration = $2`,
    [id.schema, id.migration, state, reason ?? null],
  )
}

/** Goes on with a step: under the text that it has now, and in another pass where one is given. */
export async function writeGoingOn(
  connection: Connection,
  id: StepId,
  now: { readonly hash: string; readonly pass: number },
): Promise<void> {
  await connection.query(
    `UPDATE tide.data_step SET state = CASE state WHEN 'paused' THEN state ELSE 'running' END, hash = $3, pass = $4,
            reason = CASE state WHEN 'paused' THEN reason END, ended_at = NULL
      WHERE ledger_schema = $1 AND migration = $2`,
    [id.schema, id.migration, now.hash, now.pass],
  )
}
