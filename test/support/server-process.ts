// A program for tests that need real processes: `server-process.ts WHAT DIRECTORY`, one JSON document on stdout.
import process from 'node:process'
import { isFailure } from '../../src/errors/failure.ts'
import { revealUrl } from '../../src/postgres/database-url.ts'
import { ensureEmbeddedServer } from '../../src/postgres/embedded/ensure-server.ts'
import { withServerLock } from '../../src/postgres/embedded/server-lock.ts'
import { stopEmbeddedServer } from '../../src/postgres/embedded/stop-server.ts'
import { createRehearsals } from '../../src/postgres/rehearsal/rehearsals.ts'
import { parseDatabaseUrl } from '../../src/postgres/database-url.ts'

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
