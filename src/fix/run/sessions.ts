import { type Connection, connect } from '../../postgres/connect.ts'
import type { DatabaseUrl } from '../../postgres/database-url.ts'
import { rowSettings } from '../../postgres/row-settings.ts'

/**
 * The two sessions of a run. One works; the other sees, until the first commits, every row as it was before: that is
 * where before-images come from.
 *
 * The other way would be triggers with transition tables, installed for the run. They need the ownership of every
 * table that a trigger or a cascade may touch, lock all of them against writers from their creation to the commit, and
 * wait for every reader when they are dropped. Reading them afterwards needs SELECT, locks nothing, and cannot leave
 * anything behind; it costs a scan of each table that was touched, and a second one where rows were deleted.
 */
export interface FixSessions extends AsyncDisposable {
  readonly work: Connection
  readonly watch: Connection
}

/**
 * Opens both.
 * @param command shown to others in `pg_stat_activity`
 */
export async function openFixSessions(database: DatabaseUrl, command: string): Promise<FixSessions> {
  const work = await connect(database, { applicationName: command })
  let watch: Connection | undefined
  const close = async (): Promise<void> => {
    await work.end()
    await watch?.end()
  }
  try {
    watch = await connect(database, { applicationName: `${command} (watching)` })
    // A statement of a process that was killed ends, and lets go of its locks. Not every system can do it.
    await work.query(`SET client_connection_check_interval = '1s'`).catch(() => undefined)
    return { work, watch, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

/** For the rest of a transaction: rows and the names of types read as the texts that are kept. */
export const rowTexts = `${rowSettings}; SET LOCAL search_path = ''`

/**
 * Runs a function while the watching session reads the rows.
 * @param lockTimeoutMs it reads only; but whoever waits to change the structure of a table makes it wait as well, and
 *   waits for the working session himself: a deadlock that PostgreSQL cannot see
 */
export async function whileWatching<Result>(
  watch: Connection,
  lockTimeoutMs: number,
  run: () => Promise<Result>,
): Promise<Result> {
  await watch.query(`BEGIN ISOLATION LEVEL READ COMMITTED; ${rowTexts}; SET LOCAL lock_timeout = ${lockTimeoutMs}`)
  try {
    return await run()
  } finally {
    await watch.query('ROLLBACK').catch(() => undefined)
  }
}
