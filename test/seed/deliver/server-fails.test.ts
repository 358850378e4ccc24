import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../../src/postgres/database-url.ts'
import { ensureEmbeddedServer } from '../../../src/postgres/embedded/ensure-server.ts'
import { seedRows, type SeedRowsInput } from '../../../src/seed/seed-rows.ts'
import { createTestDatabase } from '../../support/database.ts'
import { rowsOf } from '../../support/database-rows.ts'
import { createEmbeddedDirectory, serverPid } from '../../support/embedded-directory.ts'
import { failureOf } from '../../support/failure.ts'
import { runServerProcess } from '../../support/run-server-process.ts'

const isRoot = process.getuid?.() === 0

test.skipIf(!isRoot)('a full disk: the table is rolled back, and goes on where there is room (needs root)', async () => {
  const directory = await createEmbeddedDirectory()
  const small = join(directory, 'small')
  mkdirSync(small)
  const mounted = ['unshare', '-m', 'sh', '-c', `mount -t tmpfs -o size=1m tide-test ${small} && exec "$0" "$@"`]
  expect(await runServerProcess(['seed', directory, small, '20000'], { wrapper: mounted })).toMatchObject({
    failure: { code: 'SEED_DISK_FULL', message: 'The server ran out of disk space while public.b was filled.' },
    counts: { a: '20000', b: '0' },
    states: ['unchanged 20000', 'filled 20000'],
  })
})

test('a server that is stopped at once while rows are sent: whole tables stay, and the run goes on', async () => {
  const directory = await createEmbeddedDirectory()
  const { url } = await ensureEmbeddedServer({ directory })
  const other = await createTestDatabase('seed')
  for (const database of [url, other]) {
    await withConnection(database, (connection) =>
      connection.query(`CREATE TABLE a (id serial PRIMARY KEY, note text NOT NULL);
        CREATE TABLE b (id serial PRIMARY KEY, a_id int NOT NULL REFERENCES a, note text NOT NULL)`),
    )
  }
  const pid = await serverPid(directory)
  let isStopped = false
  const report: SeedRowsInput['report'] = ({ detail }) => {
    if (detail !== 'public.b' || isStopped) return
    isStopped = true
    // What `pg_ctl stop -m immediate` does: no shutdown, as after a crash.
    process.kill(pid, 'SIGQUIT')
  }
  const failure = await failureOf(() => seedRows(inputFor(url, report)))
  expect(failure).toMatchObject({ code: 'SEED_SERVER_GONE', message: 'The connection was lost while public.b was filled.' })
  const again = await ensureEmbeddedServer({ directory })
  // A commit that the server did not write before it crashed is gone as well, with its record.
  const counts = 'SELECT (SELECT count(*) FROM a) IN (0, 20000), (SELECT count(*) FROM b)'
  expect(await rowsOf(again.url, counts)).toEqual(['t|0'])
  await seedRows(inputFor(again.url))
  await seedRows(inputFor(other))
  const content = `SELECT md5(string_agg(b::text, ',' ORDER BY id)), count(*) FROM b`
  expect(await rowsOf(again.url, content)).toEqual(await rowsOf(other, content))
})

function inputFor(database: DatabaseUrl, report?: SeedRowsInput['report']): SeedRowsInput {
  const now = Date.UTC(2026, 0, 1)
  const more = report === undefined ? {} : { report }
  return { database, counts: new Map(), rows: 20_000, seed: 's', locale: 'en', now, isPinned: true, ...more }
}
