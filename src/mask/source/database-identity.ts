import { createHash } from 'node:crypto'
import type { Connection } from '../../postgres/connect.ts'

/**
 * Tells a database from every other without naming it: a hash of the identifier that its cluster was born with, and of
 * the database's number in it. A standby has that of its primary. Undefined where the role may not ask.
 */
export async function databaseIdentity(connection: Connection): Promise<string | undefined> {
  const { rows: allowed } = await connection.query<{ may: boolean }>(
    `SELECT has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') AS may`,
  )
  if (allowed[0]?.may !== true) return undefined
  const { rows } = await connection.query<{ cluster: string; database: string }>(
    `SELECT system_identifier::text AS cluster, (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS database
     FROM pg_control_system()`,
  )
  const [row] = rows
  if (row === undefined) return undefined
  return createHash('sha256').update(`tide source ${row.cluster} ${row.database}`).digest('hex')
}
