import type { Connection } from '../postgres/connect.ts'
import {
  createLedgerSql,
  failedSql,
  finishedSql,
  type LedgerStart,
  ledgerTable,
  rolledBackSql,
  startedSql,
} from './ledger-sql.ts'

/** A row of Prisma's `_prisma_migrations`. Times are ISO 8601 in UTC. */
export interface LedgerRow {
  readonly id: string
  readonly name: string
  readonly checksum: string
  readonly startedAt: string
  /** Absent while it runs, and for good after it failed. */
  readonly finishedAt?: string
  /** Present: unapplied, whatever the other columns say. */
  readonly rolledBackAt?: string
  readonly logs?: string
  readonly appliedSteps: number
}

/**
 * Every row of the ledger, in the order in which they were started; none where the table is missing.
 * @param schema the `?schema=` of the database's URL, here and below
 */
export async function readLedger(connection: Connection, schema = 'public'): Promise<readonly LedgerRow[]> {
  if (!(await hasLedger(connection, schema))) return []
  const { rows } = await connection.query<StoredRow>(
    `SELECT id, migration_name, checksum, ${utc('started_at')}, ${utc('finished_at')}, ${utc('rolled_back_at')},
         logs, applied_steps_count
       FROM ${ledgerTable(schema)} AS l ORDER BY l.started_at, id`,
  )
  return rows.map(fromStored)
}

/** True where the ledger's table exists. */
export async function hasLedger(connection: Connection, schema = 'public'): Promise<boolean> {
  const { rows } = await connection.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [
    ledgerTable(schema),
  ])
  return rows[0]?.found === true
}

/** Creates the ledger's table, and its schema, where they are missing: as Prisma creates them. */
export async function ensureLedger(connection: Connection, schema = 'public'): Promise<void> {
  if (!(await hasLedger(connection, schema))) await connection.query(createLedgerSql(schema))
}

/** Writes the row that stands before the script runs. */
export async function recordStarted(connection: Connection, start: LedgerStart, schema = 'public'): Promise<void> {
  await connection.query(startedSql(start, schema))
}

/** The script ran to its end. */
export async function recordFinished(connection: Connection, id: string, schema = 'public'): Promise<void> {
  await connection.query(finishedSql(id, schema))
}

/** The script failed, and why. */
export async function recordFailed(connection: Connection, id: string, logs: string, schema = 'public'): Promise<void> {
  await connection.query(failedSql(id, logs, schema))
}

/** The migration counts as unapplied from now on. Says how many rows that changed. */
export async function recordRolledBack(connection: Connection, name: string, schema = 'public'): Promise<number> {
  return (await connection.query(rolledBackSql(name, schema))).rowCount ?? 0
}

/** The same text whatever DateStyle a role or a database sets. */
function utc(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${column}`
}

interface StoredRow {
  readonly id: string
  readonly migration_name: string
  readonly checksum: string
  readonly started_at: string
  readonly finished_at: string | null
  readonly rolled_back_at: string | null
  readonly logs: string | null
  readonly applied_steps_count: number
}

function fromStored(row: StoredRow): LedgerRow {
  return {
    id: row.id,
    name: row.migration_name,
    checksum: row.checksum,
    startedAt: row.started_at,
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
    ...(row.rolled_back_at === null ? {} : { rolledBackAt: row.rolled_back_at }),
    ...(row.logs === null ? {} : { logs: row.logs }),
    appliedSteps: row.applied_steps_count,
  }
}
