import { spawn } from 'node:child_process'
import { onTestFinished, vi } from 'vitest'
import { Bug } from '../../src/errors/bug.ts'
import type { Connection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import { builtProgram } from './built-program.ts'

/** A running process that applies (`up`) or rolls back everything (`down`). */
export interface ApplyProcess {
  /** Its result or failure, when it has ended; undefined where it was killed. */
  readonly result: Promise<Readonly<Record<string, unknown>> | undefined>
  /** SIGKILL, and waits until the process is gone. Its server session may live on. */
  kill(): Promise<void>
}

/** Starts a real process, which a test may kill. */
export function startApply(verb: 'up' | 'down', database: DatabaseUrl, directory: string): ApplyProcess {
  const child = spawn(process.execPath, [builtProgram('apply-runner'), verb, revealUrl(database), directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
  const ended = new Promise<void>((resolve) => child.on('close', () => { resolve() }))
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return {
    result: ended.then(() => (text === '' ? undefined : (JSON.parse(text) as Readonly<Record<string, unknown>>))),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** The number of the advisory lock that the gates of the tests wait for. */
const gate = 4242

/** SQL that waits, without a limit, until the test opens the gate. */
export const gateSql = `SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock_shared(${String(gate)});`

/** Closes the gate: whoever comes to it waits. */
export async function closeGate(connection: Connection): Promise<void> {
  await connection.query(`SELECT pg_advisory_lock(${String(gate)})`)
}

/** Opens it again. */
export async function openGate(connection: Connection): Promise<void> {
  await connection.query(`SELECT pg_advisory_unlock(${String(gate)})`)
}

/** Waits until a session stands at the gate; gives its process id. */
export function someoneAtTheGate(connection: Connection): Promise<number> {
  return waitingPid(connection, `locktype = 'advisory' AND objid = ${String(gate)}`)
}

/** Waits until another session of this database waits for a lock that meets the condition on `pg_locks`. */
export function waitingPid(connection: Connection, condition: string): Promise<number> {
  return vi.waitFor(
    async () => {
      const { rows } = await connection.query<{ pid: number }>(
        `SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid)
          WHERE NOT granted AND datname = current_database() AND ${condition}`,
      )
      const [first] = rows
      if (first === undefined) throw new Bug('Nobody waits.')
      return first.pid
    },
    { timeout: 30_000, interval: 20 },
  )
}

/** Ends a session that a killed process has left, and waits until it is gone. */
export async function endSession(connection: Connection, pid: number): Promise<void> {
  await connection.query('SELECT pg_terminate_backend($1, 10000)', [pid])
}
