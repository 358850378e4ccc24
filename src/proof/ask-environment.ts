import { type Connection, withConnection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { readServerError } from '../postgres/server-error.ts'
import { parseStatements } from '../postgres/statements/parse-statements.ts'
import type { TriedHazard } from './proof.ts'

/** Which database is asked, and for which rows. */
export interface AskOptions {
  readonly database: DatabaseUrl
  readonly hazards: readonly (Pick<TriedHazard, 'hazard' | 'object' | 'rows' | 'sql'> & { readonly migration: string })[]
  /** How long one question may take, in milliseconds; 30 seconds. */
  readonly timeoutMs?: number
}

/** What a real database has of the rows that break a migration. */
export interface AskedHazard {
  readonly migration: string
  readonly object: string
  readonly rows: string
  readonly sql: string
  /** How many there are; absent where it could not be asked. */
  readonly count?: number
  /** The keys of a few, as JSON objects. */
  readonly keys: readonly string[]
  /**
   * Why it could not be asked: a migration before it makes what it speaks of, it took too long, or the role may not see
   * all rows.
   */
  readonly problem?: string
}

const mostKeys = 3

/**
 * Counts the rows that would break pending migrations in a real database. Every question stands in a transaction that
 * can only read, and is given up after a while.
 * @throws POSTGRES_*
 */
export async function askEnvironment(options: AskOptions): Promise<readonly AskedHazard[]> {
  const { database, hazards, timeoutMs = 30_000 } = options
  return withConnection(
    database,
    async (connection) => {
      const asked: AskedHazard[] = []
      for (const hazard of hazards) asked.push(await ask(connection, hazard, timeoutMs))
      return asked
    },
    { applicationName: 'tide verify' },
  )
}

async function ask(
  connection: Connection,
  { migration, object, rows, sql }: AskOptions['hazards'][number],
  timeoutMs: number,
): Promise<AskedHazard> {
  const about = { migration, object, rows, sql }
  // It comes from a file: whatever else may stand there is not run.
  const statements = await parseStatements(sql, 'proof.json').catch(() => [])
  if (statements.length !== 1 || statements[0]?.kind !== 'SelectStmt') {
    return { ...about, keys: [], problem: 'it is no SELECT' }
  }
  await connection.query('BEGIN TRANSACTION READ ONLY')
  try {
    // Row security would hide rows without a word; switched off, PostgreSQL refuses where it would hide any.
    await connection.query(`SET LOCAL statement_timeout = ${String(timeoutMs)}; SET LOCAL row_security = off`)
    const counted = await connection.query<{ count: string }>(`SELECT count(*) AS count FROM (${sql}) AS found`)
    const keys = hasKeys(sql) ? await readKeys(connection, sql) : []
    return { ...about, count: Number(counted.rows[0]?.count), keys }
  } catch (error) {
    return { ...about, keys: [], problem: readServerError(error).message }
  } finally {
    await connection.query('ROLLBACK')
  }
}

/** Of a table without a primary key whole rows would be told: those are nobody's business here. */
function hasKeys(sql: string): boolean {
  return !sql.startsWith('SELECT t.*')
}

async function readKeys(connection: Connection, sql: string): Promise<readonly string[]> {
  const { rows } = await connection.query<{ row: object }>(
    `SELECT to_jsonb(found) AS row FROM (${sql} LIMIT ${String(mostKeys)}) AS found`,
  )
  return rows.map(({ row }) => JSON.stringify(row))
}
