import type { Connection } from '../postgres/connect.ts'

const recordsLock = 72707372

/**
 * Until the transaction ends nobody else creates the schema `tide` or a record in it: two at once would each create
 * what the other has not committed yet, and one of them be refused.
 */
export async function lockRecords(connection: Connection): Promise<void> {
  await connection.query(`SELECT pg_advisory_xact_lock(${recordsLock})`)
}
