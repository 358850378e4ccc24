import { setTimeout as pause } from 'node:timers/promises'
import type { MaintenanceSession } from './maintenance-session.ts'

/**
 * How many sessions a database has had: two equal answers say that nobody was in it in between, as a session counts
 * itself before it is gone from the list of those that are there.
 * @returns undefined while anybody is connected, or where there is no such database
 */
export async function countSessions(session: MaintenanceSession, database: string): Promise<number | undefined> {
  // A session that was just closed lives on for about a millisecond.
  for (let round = 0; round < 25; round++) {
    const [row] = await session.query<{ connected: boolean; sessions: number }>(countSql, [database])
    if (row === undefined) return undefined
    if (!row.connected) return row.sessions
    await pause(4)
  }
  return undefined
}

/** In this order: who is gone from the first has been counted in the second. */
const countSql = `
  WITH here AS MATERIALIZED (
    SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = $1 AND backend_type <> 'autovacuum worker') AS connected
  )
  SELECT connected, CASE WHEN connected THEN 0 ELSE pg_stat_get_db_sessions(d.oid) END::float8 AS sessions
  FROM here, pg_database d WHERE d.datname = $1`
