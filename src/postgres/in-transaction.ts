import type { Connection } from './connect.ts'
import { rowSettings } from './row-settings.ts'

/**
 * Runs a function in a transaction in which values are read and written as the same texts, whatever the server, the
 * database or the role sets; kept where it returns, taken back where it throws.
 */
export async function inTransaction<Result>(
  connection: Connection,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    await connection.query(`BEGIN ISOLATION LEVEL READ COMMITTED; ${rowSettings}`)
    const result = await run()
    await connection.query('COMMIT')
    return result
  } catch (error) {
    // Where the session is gone the server has taken it back already.
    await connection.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
