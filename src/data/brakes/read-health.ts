import type { Connection } from '../../postgres/connect.ts'

/** How the server and those who use it fare, as far as the role may see. */
export interface Health {
  /** Seconds that the standby furthest behind has not replayed yet; 0 without one. */
  readonly replicationLag: number
  /** Milliseconds of the longest wait for a lock that a data step holds. */
  readonly lockWait: number
  /** Sessions of others at work, this one's left out. */
  readonly activeSessions: number
  /** Bytes of WAL since the server was made; undefined on a standby. */
  readonly walBytes: number | undefined
  /** Seconds of the oldest transaction of others. */
  readonly transactionAge: number
  /** Transactions that ended in this database, as far as its sessions have told. */
  readonly ended: number
}

/** Reads all of it in one round trip of about a millisecond. */
export async function readHealth(connection: Connection): Promise<Health> {
  const { rows } = await connection.query<Omit<Health, 'walBytes'> & { walBytes: number | null }>(healthSql)
  return { ...well, ...rows[0], walBytes: rows[0]?.walBytes ?? undefined }
}

const well: Health = { replicationLag: 0, lockWait: 0, activeSessions: 0, walBytes: undefined, transactionAge: 0, ended: 0 }

/** Data steps, and fixes in batches. */
const ours = "application_name ~ '^tide (data|fix)'"

const healthSql = `
  SELECT COALESCE((SELECT max(extract(epoch FROM replay_lag)) FROM pg_stat_replication), 0)::float8 AS "replicationLag",
         COALESCE((SELECT max(extract(epoch FROM clock_timestamp() - w.waitstart) * 1000)
                     FROM (SELECT DISTINCT ON (pid) pid, waitstart FROM pg_locks
                            WHERE NOT granted AND waitstart IS NOT NULL ORDER BY pid LIMIT 50) AS w
                     JOIN pg_stat_activity a ON a.pid = w.pid AND NOT a.${ours}
                    WHERE EXISTS (SELECT FROM unnest(pg_blocking_pids(w.pid)) AS b(pid)
                                    JOIN pg_stat_activity o ON o.pid = b.pid AND o.${ours})), 0)::float8 AS "lockWait",
         (SELECT count(*)::int FROM pg_stat_activity
           WHERE state = 'active' AND backend_type = 'client backend' AND NOT ${ours}) AS "activeSessions",
         CASE WHEN NOT pg_is_in_recovery() THEN pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 END AS "walBytes",
         COALESCE((SELECT max(extract(epoch FROM clock_timestamp() - xact_start)) FROM pg_stat_activity
                    WHERE backend_type = 'client backend' AND NOT ${ours} AND datname = current_database()), 0)::float8 AS "transactionAge",
         COALESCE((SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()), 0)::float8 AS ended`
