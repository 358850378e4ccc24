import { type BatchKey, keyTextSql, type KeyValue } from '../batch/key-range.ts'
import type { StepId } from './step-record.ts'
import type { Connection } from '../../postgres/connect.ts'
import { quoteLiteral } from '../../postgres/quote.ts'
import { rowSettings } from '../../postgres/row-settings.ts'

/** A row that a data step could not change. */
export interface QuarantinedRow {
  readonly key: KeyValue
  readonly reason: string
}

const ofStep = 'ledger_schema = $1 AND migration = $2'

/** The rows that were set aside, the first first; the first hundred where nothing is said, all with null. */
export async function readQuarantined(
  connection: Connection,
  id: StepId,
  most: number | null = 100,
): Promise<readonly QuarantinedRow[]> {
  const { rows } = await connection.query<QuarantinedRow>(
    `SELECT key, reason FROM tide.data_quarantine WHERE ${ofStep} AND pass > 0 ORDER BY at, key LIMIT $3`,
    [id.schema, id.migration, most],
  )
  return rows
}

/** Takes out the rows that a later pass has done. */
export async function forgetDone(connection: Connection, id: StepId, pass: number): Promise<void> {
  await connection.query(`DELETE FROM tide.data_quarantine WHERE ${ofStep} AND pass > 0 AND pass < $3`, [
    id.schema,
    id.migration,
    pass,
  ])
}

/** Of the rows that are set aside now keeps those that were never changed, for the way back. */
export async function keepUntouched(connection: Connection, id: StepId): Promise<void> {
  const values = [id.schema, id.migration]
  await connection.query(`DELETE FROM tide.data_quarantine WHERE ${ofStep} AND changed`, values)
  await connection.query(`UPDATE tide.data_quarantine SET pass = 0 WHERE ${ofStep}`, values)
}

/** The rows that the way forth never changed, as far as it has come. */
export async function readUntouched(connection: Connection, id: StepId): Promise<readonly KeyValue[]> {
  const { rows } = await connection.query<{ key: KeyValue }>(
    `SELECT key FROM tide.data_quarantine WHERE ${ofStep} AND NOT changed ORDER BY key`,
    [id.schema, id.migration],
  )
  return rows.map(({ key }) => key)
}

/** True where the way back has rows to leave as they are. */
export async function hasUntouched(connection: Connection, id: StepId): Promise<boolean> {
  const { rowCount } = await connection.query(
    `SELECT FROM tide.data_quarantine WHERE ${ofStep} AND pass = 0 LIMIT 1`,
    [id.schema, id.migration],
  )
  return rowCount === 1
}

/** Rows that a check finds are gone through now, so they are none that were never changed. Within a transaction. */
export async function forgetFound(connection: Connection, id: StepId, key: BatchKey, check: string): Promise<void> {
  await connection.query(rowSettings)
  await connection.query(
    `DELETE FROM tide.data_quarantine WHERE ledger_schema = ${quoteLiteral(id.schema)}
        AND migration = ${quoteLiteral(id.migration)} AND pass = 0
        AND key IN (SELECT ${keyTextSql(key, 'tide_found')} FROM (${check}\n) AS tide_found)`,
  )
}

/** The condition that leaves these rows out, as SQL; `prefix` is a table's name or an alias. */
export function touchedSql(id: StepId, key: BatchKey, prefix: string): string {
  return `NOT EXISTS (SELECT FROM tide.data_quarantine AS tide_untouched
    WHERE tide_untouched.ledger_schema = ${quoteLiteral(id.schema)} AND tide_untouched.migration = ${quoteLiteral(id.migration)}
      AND tide_untouched.pass = 0 AND tide_untouched.key = ${keyTextSql(key, prefix)})`
}
