import { readServerError } from '../../postgres/server-error.ts'
import type { Connection } from '../../postgres/connect.ts'
import type { BrakeConfig } from '../../project/config.ts'

/** Asks the user's own probes. Why to hold; undefined where they let pass. A probe that fails holds. */
export async function askProbes(connection: Connection, { sql, http }: BrakeConfig): Promise<string | undefined> {
  const found = sql === undefined ? undefined : await askSql(connection, sql)
  return found ?? (http === undefined ? undefined : await askHttp(http))
}

async function askSql(connection: Connection, sql: string): Promise<string | undefined> {
  try {
    const { rows } = await connection.query<unknown[]>({ text: sql, rowMode: 'array' })
    const value = rows[0]?.[0]
    const lets = value === true || value === '' || value === 'true'
    if (typeof value === 'string' && !lets) return `the SQL probe says: ${value}`
    return lets ? undefined : 'the SQL probe does not say true'
  } catch (error) {
    return `the SQL probe fails: ${readServerError(error).message}`
  }
}

async function askHttp(url: string): Promise<string | undefined> {
  try {
    const { ok, status } = await fetch(url, { signal: AbortSignal.timeout(2000) })
    return ok ? undefined : `the HTTP probe answers ${status}`
  } catch {
    // Its URL may hold a secret, and the reason may quote it.
    return 'the HTTP probe does not answer'
  }
}
