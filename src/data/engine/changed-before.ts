import { type BatchKey, type KeyRange, keyColumnsSql, keyTextSql } from '../batch/key-range.ts'
import type { Candidates } from '../step/candidates.ts'
import type { StepTarget } from '../step/read-target.ts'
import type { StepId } from '../store/step-record.ts'
import type { Connection } from '../../postgres/connect.ts'
import { quoteLiteral } from '../../postgres/quote.ts'

/** Writes down which rows a batch of the first pass went through, and in which transaction: the one that is open. */
export async function recordBatch(connection: Connection, id: StepId, { from, to }: KeyRange): Promise<void> {
  await connection.query(
    `INSERT INTO tide.data_batch (ledger_schema, migration, transaction, from_key, to_key)
     VALUES ($1, $2, pg_current_xact_id()::xid, $3, $4)`,
    [id.schema, id.migration, from ?? null, to ?? null],
  )
}

/**
 * True where a row was last written by the batch of the first pass that went through it, and by nobody since: the check
 * finds it although it was changed. Not so for rows that were set aside: these are done on request.
 */
export async function wasChangedBefore(
  connection: Connection,
  id: StepId,
  { key, sql }: StepTarget,
  batch: { readonly range: KeyRange; readonly candidates: Candidates },
): Promise<boolean> {
  const ofStep = (alias: string): string =>
    `${alias}.ledger_schema = ${quoteLiteral(id.schema)} AND ${alias}.migration = ${quoteLiteral(id.migration)}`
  const columns = `(${keyColumnsSql(key, 'tide_row')})`
  const { rows } = await connection.query(
    `SELECT FROM ${sql} AS tide_row JOIN tide.data_batch AS tide_batch ON tide_batch.transaction = tide_row.xmin
      WHERE ${ofStep('tide_batch')} AND ${batch.candidates.where(batch.range, 'tide_row')}
        AND (tide_batch.from_key IS NULL OR ${columns} > ${keyOf(key, 'from_key')}) AND ${columns} <= ${keyOf(key, 'to_key')}
        AND NOT EXISTS (SELECT FROM tide.data_quarantine AS tide_aside
          WHERE ${ofStep('tide_aside')} AND tide_aside.key = ${keyTextSql(key, 'tide_row')}) LIMIT 1`,
  )
  return rows.length > 0
}

/** A kept key as values of its columns' types. */
function keyOf(key: BatchKey, column: string): string {
  return `(${key.map(({ type }, index) => `tide_batch.${column}[${index + 1}]::${type}`).join(', ')})`
}
