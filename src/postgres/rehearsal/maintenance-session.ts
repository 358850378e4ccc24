import type { QueryResultRow } from 'pg'
import { connect, type Connection } from '../connect.ts'
import type { DatabaseUrl } from '../database-url.ts'
import { ownerTag } from './rehearsal-names.ts'

declare module 'pg' {
  // In the package since 8.0, missing in its types: whether the session's socket keeps the process alive.
  interface ClientBase {
    ref(): void
    unref(): void
  }
}

/** What rehearsals must know of their server. */
export interface ServerFacts {
  readonly role: string
  /** Seconds since 1970 by the server's clock when the session was opened. */
  readonly now: number
  /** As `server_version_num` says it. */
  readonly version: number
  /** How databases are copied fastest there, as an option of CREATE DATABASE. */
  readonly copyOption: string
}

/** One session for creating and dropping databases, opened at its first use and again after it was lost. */
export interface MaintenanceSession extends AsyncDisposable {
  query<Row extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>
  facts(): Promise<ServerFacts>
}

/**
 * The session does not keep the process alive while it idles. Its application name ends with the owner's tag, so that
 * commands on other machines that share the server can see that this process lives.
 */
export function createMaintenanceSession(server: DatabaseUrl): MaintenanceSession {
  let opening: Promise<{ connection: Connection; facts: ServerFacts }> | undefined
  let last: Promise<unknown> = Promise.resolve()

  const open = (): Promise<{ connection: Connection; facts: ServerFacts }> => {
    opening ??= openSession(server, () => { opening = undefined }).catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }

  const ask = async <Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []) => {
    const { connection } = await open()
    connection.ref()
    try {
      return (await connection.query<Row>(sql, [...values])).rows
    } finally {
      connection.unref()
    }
  }

  // One after the other: a session does one thing at a time, and the driver refuses to queue for it.
  const query = <Row extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]> => {
    const answer = last.then(() => ask<Row>(sql, values))
    last = answer.catch(() => undefined)
    return answer
  }

  return {
    query,
    facts: async () => (await open()).facts,
    async [Symbol.asyncDispose]() {
      const session = await opening?.catch(() => undefined)
      opening = undefined
      // Without it a process that waits for nothing else would end before the session has.
      session?.connection.ref()
      await session?.connection.end()
    },
  }
}

async function openSession(
  server: DatabaseUrl,
  onEnd: () => void,
): Promise<{ connection: Connection; facts: ServerFacts }> {
  const connection = await connect(server, { applicationName: `tide rehearsals ${ownerTag()}` })
  connection.once('end', onEnd)
  const { rows } = await connection.query<{ role: string; now: string; version: number; fsync: string }>(
    `SELECT current_user AS role, floor(extract(epoch FROM now()))::text AS now,
            current_setting('server_version_num')::int AS version, current_setting('fsync') AS fsync`,
  )
  connection.unref()
  const [{ role, now, version, fsync } = { role: '', now: '', version: 0, fsync: '' }] = rows
  return { connection, facts: { role, now: Number(now), version, copyOption: copyOption(version, fsync) } }
}

/**
 * Copying files needs two checkpoints but not a word in the log. Where checkpoints are cheap because nothing is
 * synced, as on the embedded server, it takes half as long as the default (24 against 52 ms with 60 tables).
 */
function copyOption(version: number, fsync: string): string {
  return version >= 150_000 && fsync === 'off' ? ' STRATEGY FILE_COPY' : ''
}
