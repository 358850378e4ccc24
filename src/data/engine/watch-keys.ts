import { keyTextSql, type KeyRange, rangeSql } from '../batch/key-range.ts'
import { keyChanged, rowsInserted } from '../errors.ts'
import type { StepTarget } from '../step/read-target.ts'
import type { Connection } from '../../postgres/connect.ts'
import { quoteLiteral } from '../../postgres/quote.ts'

/** The keys of the rows of a batch, and what the transaction has done to the table so far. */
export interface KeysInRange {
  readonly keys: readonly string[]
  readonly deleted: number
  readonly inserted: number
  /** False where the server counts nothing. */
  readonly isCounted: boolean
}

/** Reads them: before a change, of rows that are locked, and after it. */
export async function readKeys(connection: Connection, target: StepTarget, range: KeyRange): Promise<KeysInRange> {
  const table = `${quoteLiteral(target.sql)}::regclass`
  const { rows } = await connection.query<Omit<KeysInRange, 'keys'> & { keys: readonly string[] | null }>(
    `SELECT (SELECT array_agg(${keyTextSql(target.key, 'tide_row')}::text) FROM ${target.sql} AS tide_row
              WHERE ${rangeSql(target.key, range, 'tide_row')}) AS keys,
            current_setting('track_counts')::bool AS "isCounted", counted.*
       FROM (SELECT coalesce(sum(pg_stat_get_xact_tuples_deleted(oid)), 0)::int AS deleted,
                    coalesce(sum(pg_stat_get_xact_tuples_inserted(oid)), 0)::int AS inserted
               FROM (SELECT ${table} AS oid UNION SELECT relid FROM pg_partition_tree(${table})) AS one) AS counted`,
  )
  const [row] = rows
  const { deleted = 0, inserted = 0, isCounted = false } = row ?? {}
  return { keys: row?.keys ?? [], deleted, inserted, isCounted }
}

/**
 * Refuses a change after which rows of the batch have another key, or the table has rows outside of it that are the
 * step's own: going on, batches would meet these again.
 * @throws DATA_KEY_CHANGED, DATA_ROWS_INSERTED
 */
export function requireInPlace(
  migration: string,
  target: StepTarget,
  direction: 'up' | 'down',
  { before, after }: { readonly before: KeysInRange; readonly after: KeysInRange },
): void {
  if (!after.isCounted) return
  // Locked rows that are there no more, and that this transaction did not delete, have another key now.
  if (newIn(after, before).length > after.deleted - before.deleted) {
    throw keyChanged(migration, target.key.map(({ name }) => name))
  }
  // Rows that a way back brings in again are where they were.
  if (direction === 'up' && after.inserted - before.inserted > newIn(before, after).length) {
    throw rowsInserted(migration, target.table)
  }
}

/** The keys of the second that the first does not have. */
function newIn(first: KeysInRange, second: KeysInRange): readonly string[] {
  const known = new Set(first.keys)
  return second.keys.filter((key) => !known.has(key))
}
