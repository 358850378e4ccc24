import { quoteIdentifier } from '../quote.ts'
import { sqlstate, sqlstateOf } from '../sqlstate.ts'
import { countSessions } from './count-sessions.ts'
import { dropIfIdle } from './drop-if-idle.ts'
import type { MaintenanceSession } from './maintenance-session.ts'

/** Which database takes the place of which. */
export interface Replacement {
  readonly database: string
  /** The database that takes its place and its name. */
  readonly by: string
  /** What the old one is called until it is dropped; a rehearsal's name: it is swept if this process is killed. */
  readonly aside: string
  /** How many sessions the old one has had. */
  readonly sessions: number
}

/**
 * Puts one database in the place of another in one transaction, so that at every moment there is one of that name, and
 * drops the old one.
 * @returns false, and changes nothing, where somebody is connected to it or was since its sessions were counted
 */
export async function replaceDatabase(session: MaintenanceSession, replacement: Replacement): Promise<boolean> {
  const { database, by, aside, sessions } = replacement
  // RENAME waits five seconds for those that are connected.
  if ((await countSessions(session, database)) !== sessions) return false
  await session.query(`ALTER DATABASE ${quoteIdentifier(by)} ALLOW_CONNECTIONS true`)
  await session.query('BEGIN')
  try {
    await session.query(`ALTER DATABASE ${quoteIdentifier(database)} RENAME TO ${quoteIdentifier(aside)}`)
    // From here on nobody comes in, so this answer stays true.
    const isQuiet = (await countSessions(session, aside)) === sessions
    if (isQuiet) await session.query(`ALTER DATABASE ${quoteIdentifier(by)} RENAME TO ${quoteIdentifier(database)}`)
    await session.query(isQuiet ? 'COMMIT' : 'ROLLBACK')
    if (!isQuiet) return false
  } catch (error) {
    await session.query('ROLLBACK')
    const state = sqlstateOf(error)
    if (state === sqlstate.objectInUse || state === sqlstate.databaseMissing) return false
    throw error
  }
  await dropIfIdle(session, aside)
  return true
}
