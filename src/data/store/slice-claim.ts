import type { KeyRange, KeyValue } from '../batch/key-range.ts'
import type { Connection } from '../../postgres/connect.ts'
import type { StepId, StepState } from './step-record.ts'

/** A slice that this transaction holds: nobody else gets it before the transaction has ended. */
export interface ClaimedSlice {
  readonly slice: number
  readonly pass: number
  /** What is left of it: after the cursor, up to its end. */
  readonly rest: KeyRange
  /** The transaction it was claimed in. */
  readonly transaction: string
}

/** What a worker finds when it looks for work. */
export interface Claim {
  readonly state: StepState | 'gone'
  /** Undefined where every slice that is left is somebody else's, or none is left. */
  readonly slice: ClaimedSlice | undefined
}

/**
 * Takes a slice that is not finished and not held by another worker, the one of before if it can be had.
 * Within a transaction of the worker's own: the row lock is the whole coordination.
 */
export async function claimSlice(connection: Connection, id: StepId, before: number | undefined): Promise<Claim> {
  const { rows } = await connection.query<ClaimRow>(
    `SELECT t.state, s.slice, s.pass, s.cursor, s.to_key AS "to", pg_current_xact_id()::text AS transaction
       FROM tide.data_step t
       LEFT JOIN LATERAL (
         SELECT * FROM tide.data_slice
          WHERE ledger_schema = t.ledger_schema AND migration = t.migration AND NOT done AND t.state = 'running'
          ORDER BY slice <> $3, slice LIMIT 1 FOR UPDATE SKIP LOCKED
       ) s ON true
      WHERE t.ledger_schema = $1 AND t.migration = $2`,
    [id.schema, id.migration, before ?? 0],
  )
  const [row] = rows
  if (row === undefined) return { state: 'gone', slice: undefined }
  if (row.slice === null) return { state: row.state, slice: undefined }
  const rest = { from: row.cursor ?? undefined, to: row.to ?? undefined }
  return { state: row.state, slice: { slice: row.slice, pass: row.pass, rest, transaction: row.transaction } }
}

interface ClaimRow {
  readonly state: StepState
  readonly slice: number | null
  readonly pass: number
  readonly cursor: KeyValue | null
  readonly to: KeyValue | null
  readonly transaction: string
}

/** What a batch did with the rows after the cursor. */
export interface BatchMark {
  /** The key reached; undefined where the slice was finished without one. */
  readonly reached: KeyValue | undefined
  readonly isEnd: boolean
  readonly visited: number
  readonly changed: number
  readonly ms: number
  /** Rows a second. */
  readonly rate: number
}

/**
 * Moves the cursor, in the transaction in which the rows were changed.
 * @returns false where that transaction is not the one in which the slice was claimed: the step ended it
 */
export async function moveCursor(
  connection: Connection,
  id: StepId,
  claimed: ClaimedSlice,
  mark: BatchMark,
): Promise<boolean> {
  const { rowCount } = await connection.query(
    `UPDATE tide.data_slice SET cursor = COALESCE($4::text[], cursor), done = $5, visited = visited + $6,
            changed = changed + $7, batches = batches + 1, longest_ms = greatest(longest_ms, $8), rate = $9,
            worked_at = clock_timestamp()
      WHERE ledger_schema = $1 AND migration = $2 AND slice = $3 AND pg_current_xact_id()::text = $10`,
    [
      id.schema,
      id.migration,
      claimed.slice,
      mark.reached ?? null,
      mark.isEnd,
      mark.visited,
      mark.changed,
      mark.ms,
      mark.rate,
      claimed.transaction,
    ],
  )
  return rowCount === 1
}
