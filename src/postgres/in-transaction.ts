import type { Connection } from './connect.ts'
import { rowSettings } from './row-settings.ts'

/**
 * Runs a function in a transaction in which values are read and written as the same texts, whatever the server, the
 * database or the role sets; kept where it returns, taken back where it throws.
 * @param isolation `REPEATABLE READ` where several questions must be answered as of one moment
 */
export async function inTransaction<Result>(
  connection: Connection,
  run: () => Promise<Result>,
  isolation: 'READ COMMITTED' | 'REPEATABLE READ' = 'READ COMMITTED',
): Promise<Result> {
  try {
    await connection.query(`BEGIN ISOLATION LEVEL ${isolation}; ${rowSettings}`)
    const result = await run()
    await connection.query('COMMIT')
    return result
  } catch (error) {
    // Where the session is gone the server has taken it back already.
    await connection.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
