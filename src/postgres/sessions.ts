import type { Connection } from './connect.ts'

/** Another session of the server, as far as the server lets us see it. */
export interface SessionInfo {
  readonly pid: number
  readonly user: string | null
  readonly application: string | null
  readonly client: string | null
  readonly state: string | null
  /** When its transaction, or else the session itself, began: ISO 8601 in UTC. */
  readonly since: string | null
}

/** The columns of `SessionInfo` from `pg_stat_activity a`. Never the query: it may hold row values. */
const columns = `a.pid, a.usename AS user, a.application_name AS application,
  COALESCE(host(a.client_addr), CASE WHEN a.backend_type = 'client backend' THEN 'local' END) AS client, a.state,
  to_char(COALESCE(a.xact_start, a.backend_start) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since`

/** Who holds a session-level advisory lock of one bigint key in this database. */
export async function advisoryLockHolders(connection: Connection, key: number): Promise<readonly SessionInfo[]> {
  const { rows } = await connection.query<SessionInfo>(
    `SELECT ${columns} FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (l.classid::bigint << 32) + l.objid::bigint = $1`,
    [key],
  )
  return rows
}

/** A session that another one waits for, and the lock it is about. */
export interface Blocker extends SessionInfo {
  /** The lock that is waited for, such as `AccessExclusiveLock`. */
  readonly wanted: string | null
  /** The table, where the lock is one of a table. */
  readonly relation: string | null
}

/** The sessions that keep a backend waiting at this moment. */
export async function readBlockers(connection: Connection, pid: number): Promise<readonly Blocker[]> {
  const { rows } = await connection.query<Blocker>(
    `SELECT ${columns}, w.mode AS wanted, w.relation::regclass::text AS relation
       FROM unnest(pg_blocking_pids($1)) AS b(pid) JOIN pg_stat_activity a ON a.pid = b.pid
       LEFT JOIN LATERAL (SELECT mode, relation FROM pg_locks WHERE pid = $1 AND NOT granted LIMIT 1) w ON true`,
    [pid],
  )
  return rows
}

/** The sessions that a backend keeps waiting at this moment, with the locks that they want. */
export async function readBlocked(connection: Connection, pid: number): Promise<readonly Blocker[]> {
  const { rows } = await connection.query<Blocker>(
    `SELECT ${columns}, w.mode AS wanted, w.relation::regclass::text AS relation
       FROM pg_locks w JOIN pg_stat_activity a ON a.pid = w.pid
       WHERE NOT w.granted AND $1 = ANY (pg_blocking_pids(w.pid))`,
    [pid],
  )
  return rows
}

/** `session 123 (psql, user anna from 10.0.0.7, idle in transaction since 2026-11-22T10:00:00Z)`. */
export function describeSession(session: SessionInfo): string {
  const { application, user, client, state, since } = session
  const parts = [
    application === null || application === '' ? undefined : application,
    user === null ? undefined : `user ${user}${client === null ? '' : ` from ${client}`}`,
    state === null ? undefined : `${state}${since === null ? '' : ` since ${since}`}`,
  ].filter((part) => part !== undefined)
  return `session ${String(session.pid)}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`
}
