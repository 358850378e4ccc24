import { quoteIdentifier } from '../quote.ts'
import { sqlstate, sqlstateOf } from '../sqlstate.ts'
import type { MaintenanceSession } from './maintenance-session.ts'

/**
 * Drops a database unless somebody is connected to it. Without FORCE: whoever came in since it was looked at is not
 * thrown out. One that is gone already counts as dropped.
 * @returns whether it is gone
 */
export async function dropIfIdle(session: MaintenanceSession, name: string): Promise<boolean> {
  try {
    await session.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)}`)
    return true
  } catch (error) {
    if (sqlstateOf(error) === sqlstate.objectInUse) return false
    throw error
  }
}
