// A program for tests that need real processes: `server-process.ts WHAT DIRECTORY`, one JSON document on stdout.
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { isFailure } from '../../src/errors/failure.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import { parseDatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import { ensureEmbeddedServer } from '../../src/postgres/embedded/ensure-server.ts'
import { withServerLock } from '../../src/postgres/embedded/server-lock.ts'
import { stopEmbeddedServer } from '../../src/postgres/embedded/stop-server.ts'
import { createRehearsals } from '../../src/postgres/rehearsal/rehearsals.ts'
import { seedRows } from '../../src/seed/seed-rows.ts'

const [what = '', directory = '', ...rest] = process.argv.slice(2)

const actions: Readonly<Record<string, () => Promise<unknown>>> = {
  ensure: async () => {
    const server = await ensureEmbeddedServer({ directory })
    return { started: server.started, port: server.port, url: revealUrl(server.url) }
  },
  /** Takes the lock, says so and stays until it is killed. */
  hold: () =>
    withServerLock(directory, async () => {
      process.stdout.write('"holding"\n')
      await new Promise((resolve) => setTimeout(resolve, 600_000))
    }),
  stop: () => stopEmbeddedServer({ directory }),
  /** Clones until the disk is full, then stops the server. */
  fill: async () => {
    const server = await ensureEmbeddedServer({ directory })
    const rehearsals = createRehearsals({ server: server.url, namespace: 'f1f1f1f1' })
    try {
      for (;;) await rehearsals.clone(undefined)
    } finally {
      await rehearsals.clear()
      await rehearsals[Symbol.asyncDispose]()
      await stopEmbeddedServer({ directory })
    }
  },
  /** Fills a tablespace that is a file system of its own until it is full, gives it more room, and fills on. */
  seed: async () => {
    const server = await ensureEmbeddedServer({ directory })
    const [small = '', rows = ''] = rest
    try {
      const { uid, gid } = statSync(join(directory, 'postgres'))
      chownSync(small, uid, gid)
      chmodSync(directory, 0o711)
      await withConnection(server.url, async (connection) => {
        await connection.query(`CREATE TABLESPACE small LOCATION '${small}'`)
        await connection.query(`CREATE TABLE a (id serial PRIMARY KEY, note text NOT NULL);
          CREATE TABLE b (id serial PRIMARY KEY, a_id int NOT NULL REFERENCES a, note text NOT NULL) TABLESPACE small`)
      })
      const now = Date.UTC(2026, 0, 1)
      const input = { database: server.url, counts: new Map(), rows: Number(rows), seed: 's', locale: 'en', now, isPinned: true }
      const full: unknown = await seedRows(input).catch((error: unknown) => error)
      const counts = await withConnection(server.url, async (connection) => {
        const { rows: found } = await connection.query<{ a: string; b: string }>('SELECT (SELECT count(*) FROM a) AS a, (SELECT count(*) FROM b) AS b')
        return found[0]
      })
      execFileSync('mount', ['-o', 'remount,size=64m', small])
      const { tables } = await seedRows(input)
      const failure = isFailure(full) ? { code: full.code, ...full.details } : {}
      return { failure, counts, states: tables.map(({ state, rows: made }) => `${state} ${made}`) }
    } finally {
      await stopEmbeddedServer({ directory })
    }
  },
  /** Makes a rehearsal on the server whose URL is given, says its name and stays until it is killed. */
  clone: async () => {
    const rehearsals = createRehearsals({ server: parseDatabaseUrl(directory, 'the test'), namespace: rest[0] ?? '' })
    const { name } = await rehearsals.clone(undefined)
    process.stdout.write(`${JSON.stringify(name)}\n`)
    await new Promise((resolve) => setTimeout(resolve, 600_000))
  },
  /** Keeps an empty rehearsal under a key. */
  keep: async () => {
    const rehearsals = createRehearsals({ server: parseDatabaseUrl(directory, 'the test'), namespace: rest[0] ?? '' })
    const rehearsal = await rehearsals.clone(undefined)
    await rehearsals.keep(rehearsal, rest[1] ?? '')
    return rehearsal.name
  },
}

try {
  process.stdout.write(`${JSON.stringify((await actions[what]?.()) ?? null)}\n`)
} catch (error) {
  if (!isFailure(error)) throw error
  process.stdout.write(`${JSON.stringify({ code: error.code, ...error.details })}\n`)
}
