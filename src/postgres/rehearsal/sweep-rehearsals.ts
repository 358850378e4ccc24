import { dropIfIdle } from './drop-if-idle.ts'
import type { MaintenanceSession } from './maintenance-session.ts'
import { readRehearsalOwner, rehearsalPrefix } from './rehearsal-names.ts'

/** A rehearsal of another machine's process is left alone for this long, in seconds, even if nobody seems to use it. */
const graceSeconds = 24 * 60 * 60

/**
 * Drops the rehearsals, of any project, that processes left behind when they died. One is dropped when no session is
 * connected to it and its process does not run; of a process on another machine that cannot be known: then its own
 * session must be gone, and a day have passed.
 * @returns how many were dropped
 */
export async function sweepRehearsals(session: MaintenanceSession): Promise<number> {
  const rows = await session.query<Leftover>(idleSql, [rehearsalPrefix])
  let dropped = 0
  for (const row of rows) {
    if (isAbandoned(row) && (await dropIfIdle(session, row.name))) dropped++
  }
  return dropped
}

interface Leftover {
  readonly name: string
  readonly now: number
  /** The application names of all sessions of the server. */
  readonly sessions: readonly string[]
}

/** Sessions are counted by database name, which PostgreSQL shows to every role. */
const idleSql = `
  SELECT datname AS name, extract(epoch FROM now())::float8 AS now,
         ARRAY(SELECT application_name FROM pg_stat_activity WHERE application_name <> '') AS sessions
  FROM pg_database
  WHERE starts_with(datname, $1) AND datdba = (SELECT oid FROM pg_roles WHERE rolname = current_user)
    AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datname = pg_database.datname)`

function isAbandoned({ name, now, sessions }: Leftover): boolean {
  const owner = readRehearsalOwner(name)
  if (owner === undefined) return false
  if (owner.life !== 'unknown') return owner.life === 'dead'
  return now - owner.since > graceSeconds && !sessions.some((session) => session.endsWith(owner.tag))
}
