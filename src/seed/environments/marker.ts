import type { Connection } from '../../postgres/connect.ts'
import { lockRecords } from '../lock-records.ts'

/** Holds the one row that says which environment a database is. */
const markerTable = 'tide.environment'

/** The environment that a database is marked as; undefined where it is not marked. */
export async function readMarker(connection: Connection): Promise<string | undefined> {
  const { rows: found } = await connection.query<{ found: boolean }>(
    `SELECT to_regclass('${markerTable}') IS NOT NULL AS found`,
  )
  if (found[0]?.found !== true) return undefined
  const { rows } = await connection.query<{ name: string }>(`SELECT name FROM ${markerTable}`)
  return rows[0]?.name
}

/** Marks a database as an environment, in place of what it was marked as. */
export async function writeMarker(connection: Connection, environment: string): Promise<void> {
  await connection.query('BEGIN')
  try {
    await lockRecords(connection)
    await connection.query('CREATE SCHEMA IF NOT EXISTS tide')
    await connection.query(`CREATE TABLE IF NOT EXISTS ${markerTable} (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      name text NOT NULL,
      marked_by text NOT NULL DEFAULT current_user,
      marked_at timestamptz NOT NULL DEFAULT now()
    )`)
    await connection.query(
      `INSERT INTO ${markerTable} (name) VALUES ($1) ON CONFLICT (only_row)
       DO UPDATE SET name = EXCLUDED.name, marked_by = EXCLUDED.marked_by, marked_at = EXCLUDED.marked_at`,
      [environment],
    )
    await connection.query('COMMIT')
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
