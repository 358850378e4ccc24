import { migrationLockHeld, poolerRefused } from './errors.ts'
import type { ApplyPorts } from './ports.ts'
import { advisoryLockHolders } from '../postgres/sessions.ts'
import { type Connection, withConnection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'

/** Prisma's advisory lock: whoever holds it changes the database, be it Tide or `prisma migrate deploy`. */
const migrationLockKey = 72707369

/**
 * Takes Prisma's advisory lock for the session that does the work, as Prisma does. It is that session on purpose:
 * when the process is killed, the server lets go of the lock only when the statement that it left running has ended,
 * so that nobody works beside it.
 * Asked for again and again instead of waited for: a waiting session keeps a snapshot, and CREATE INDEX CONCURRENTLY
 * of the holder would wait for that.
 * @throws APPLY_LOCK_HELD naming who holds it, APPLY_POOLER
 */
export async function takeMigrationLock(
  connection: Connection,
  limitMs: number,
  ports: ApplyPorts,
  signal?: AbortSignal,
): Promise<void> {
  const startedAt = ports.now()
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 1.5, 500)) {
    if (await tryLock(connection)) return
    const isLate = ports.now() - startedAt + pauseMs > limitMs
    if (isLate || signal?.aborted === true) {
      throw migrationLockHeld(await advisoryLockHolders(connection, migrationLockKey), Math.round(limitMs / 1000))
    }
    await ports.sleep(pauseMs * (0.75 + ports.random() / 2), signal)
  }
}

async function tryLock(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query<{ locked: boolean }>(
    `SELECT pg_try_advisory_lock(${String(migrationLockKey)}) AS locked`,
  )
  return rows[0]?.locked === true
}

/**
 * Refuses a pooler in transaction mode, which gives every transaction another backend: the lock would be held by a
 * backend that anybody gets next. The process id that a pooler gives at connecting is its own, not the backend's;
 * behind one, a second session that meets the same backend while the first is idle proves transaction mode.
 * @returns the process id of the session's backend
 * @throws APPLY_POOLER
 */
export async function refuseTransactionPooler(connection: Connection, url: DatabaseUrl): Promise<number> {
  const pid = await backendPid(connection)
  if (announcedPid(connection) === pid) return pid
  const other = await withConnection(url, backendPid)
  if (other === pid) throw poolerRefused(url.toString())
  return pid
}

async function backendPid(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]?.pid ?? 0
}

function announcedPid(connection: Connection): unknown {
  return 'processID' in connection ? connection.processID : undefined
}
