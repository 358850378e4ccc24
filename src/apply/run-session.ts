import { refuseTransactionPooler, takeMigrationLock } from './migration-lock.ts'
import { type ApplyPorts, type Report, machinePorts } from './ports.ts'
import { type Connection, connect } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import type { BrakeConfig } from '../project/config.ts'
import type { ScriptPlace } from '../project/scripts/script-place.ts'

/** What `up` and `down` both take. */
export interface ApplyOptions {
  readonly database: DatabaseUrl
  /** How long a statement waits for a lock before it lets the queue behind it pass and tries again. Default 200. */
  readonly lockTimeoutMs?: number
  /** How long the locks of one commit group are tried for in all. Default 60 000. */
  readonly lockBudgetMs?: number
  /** How long to wait for another run to end. Default 10 000, as Prisma. */
  readonly runLockTimeoutMs?: number
  readonly report?: Report
  /** Stops the run between two commit groups. */
  readonly signal?: AbortSignal
  readonly ports?: ApplyPorts
  /** The project that data steps belong to. Where nothing is said, the folder above that of the history. */
  readonly place?: ScriptPlace
  /** How data steps are worked on. */
  readonly data?: DataSettings
}

/** How data steps are worked on, where it is not as Tide chooses. */
export interface DataSettings {
  /** Sessions that work at the same time. Default 2. */
  readonly workers?: number
  /** How long a batch should take, in milliseconds. Default 100. */
  readonly targetMs?: number
  /** What holds them. */
  readonly brakes?: BrakeConfig
}

/** The session that does the work and holds the migration lock. */
export interface RunSession extends AsyncDisposable {
  readonly connection: Connection
  /** The process id of its backend. */
  readonly pid: number
  /** The schema of the ledger. */
  readonly schema: string
  readonly lockTimeoutMs: number
  readonly lockBudgetMs: number
  readonly ports: ApplyPorts
  readonly report: Report
  readonly signal: AbortSignal | undefined
  /** A second session that watches the first, opened when it is first needed; undefined where none can be had. */
  monitor(): Promise<Connection | undefined>
  /** True once the journal's table is known to exist. */
  hasJournal: boolean
  /** Takes the lock again, after a statement that lets go of every lock of the session. */
  retakeLock(): Promise<void>
}

/**
 * Opens the session of a run, under Prisma's advisory lock.
 * @param command shown to others in `pg_stat_activity`
 * @throws POSTGRES_*, APPLY_LOCK_HELD, APPLY_POOLER
 */
export async function openRunSession(options: ApplyOptions, command: 'tide up' | 'tide down'): Promise<RunSession> {
  const { database, ports = machinePorts, runLockTimeoutMs = 10_000, signal } = options
  const connection = await connect(database, { applicationName: command })
  let watcher: Promise<Connection | undefined> | undefined
  const takeLock = (): Promise<void> => takeMigrationLock(connection, runLockTimeoutMs, ports, signal)
  const close = async (): Promise<void> => {
    await connection.end()
    await (await watcher)?.end()
  }
  try {
    const pid = await refuseTransactionPooler(connection, database)
    await takeLock()
    return {
      connection,
      pid,
      schema: database.schema,
      lockTimeoutMs: options.lockTimeoutMs ?? 200,
      lockBudgetMs: options.lockBudgetMs ?? 60_000,
      ports,
      report: options.report ?? (() => undefined),
      hasJournal: false,
      signal,
      monitor: () => (watcher ??= connect(database, { applicationName: `${command} (watching)` }).catch(() => undefined)),
      retakeLock: takeLock,
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Takes back what a migration may have set for its session, but not the migration lock (so not DISCARD ALL). */
export async function resetSession({ connection, schema }: RunSession): Promise<void> {
  await connection.query(
    `SET SESSION AUTHORIZATION DEFAULT; RESET ROLE; RESET ALL; CLOSE ALL; DEALLOCATE ALL; UNLISTEN *;
     DISCARD TEMP; DISCARD SEQUENCES; SET search_path TO ${quoteIdentifier(schema)}`,
  )
}
