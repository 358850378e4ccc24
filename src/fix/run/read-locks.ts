import type { Connection } from '../../postgres/connect.ts'

/** A lock on a table that a run held until its end, strong enough to keep somebody waiting. */
export interface HeldLock {
  readonly table: string
  /** `ROW EXCLUSIVE`, as PostgreSQL's documentation names it. */
  readonly mode: string
  /** Who waits for it. */
  readonly blocks: string
}

/** Lock modes from the weakest on, and who waits for each. AccessShare and RowShare keep nobody but DROP waiting. */
const modes: readonly (readonly [lock: string, mode: string, blocks: string])[] = [
  ['RowExclusiveLock', 'ROW EXCLUSIVE', 'whoever writes the same rows; ALTER TABLE, CREATE INDEX, CREATE TRIGGER'],
  ['ShareUpdateExclusiveLock', 'SHARE UPDATE EXCLUSIVE', 'VACUUM, CREATE INDEX CONCURRENTLY, ALTER TABLE'],
  ['ShareLock', 'SHARE', 'whoever writes; ALTER TABLE'],
  ['ShareRowExclusiveLock', 'SHARE ROW EXCLUSIVE', 'whoever writes; ALTER TABLE, CREATE INDEX'],
  ['ExclusiveLock', 'EXCLUSIVE', 'whoever writes, and SELECT FOR UPDATE'],
  ['AccessExclusiveLock', 'ACCESS EXCLUSIVE', 'everybody, readers among them'],
]

/** The strongest lock that a session holds on each table of the user's. */
export async function readLocks(connection: Connection, pid: number): Promise<readonly HeldLock[]> {
  const { rows } = await connection.query<{ table: string; locks: readonly string[] }>(
    `SELECT CASE n.nspname WHEN 'public' THEN c.relname::text ELSE n.nspname || '.' || c.relname END AS table,
        array_agg(DISTINCT l.mode) AS locks
      FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE l.pid = $1 AND l.granted AND l.locktype = 'relation' AND c.relkind IN ('r', 'p')
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'tide')
      GROUP BY 1 ORDER BY 1`,
    [pid],
  )
  return rows.flatMap(({ table, locks }) => {
    const strongest = modes.findLast(([lock]) => locks.includes(lock))
    return strongest === undefined ? [] : [{ table, mode: strongest[1], blocks: strongest[2] }]
  })
}
