import { quoteIdentifier } from '../quote.ts'
import { sqlstate, sqlstateOf } from '../sqlstate.ts'
import { countSessions } from './count-sessions.ts'
import { dropIfIdle } from './drop-if-idle.ts'
import type { MaintenanceSession } from './maintenance-session.ts'

/** What is copied, and under which name. */
export interface DatabaseCopy {
  readonly database: string
  readonly name: string
  /** How many sessions the database has had. */
  readonly sessions: number
}

/**
 * Copies a database while nobody is connected to it.
 * @returns false, and leaves nothing, where it had another session than those that are known
 */
export async function copyDatabase(
  session: MaintenanceSession,
  { database, name, sessions }: DatabaseCopy,
): Promise<boolean> {
  if ((await countSessions(session, database)) !== sessions) return false
  const { copyOption } = await session.facts()
  try {
    await session.query(`CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE ${quoteIdentifier(database)}${copyOption}`)
  } catch (error) {
    const state = sqlstateOf(error)
    if (state === sqlstate.objectInUse || state === sqlstate.databaseMissing) return false
    throw error
  }
  // Whoever came in before the copy began has been counted by now.
  if ((await countSessions(session, database)) === sessions) return true
  await dropIfIdle(session, name)
  return false
}
