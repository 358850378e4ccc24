import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { type Connection, withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import { createTestDatabase } from '../support/database.ts'
import { createFolder } from '../support/files.ts'
import { allBytes, sql } from '../support/fixes.ts'
import { queryRows } from '../support/query-rows.ts'
import { runProcessEnvironment, tideBin } from '../support/run-tide.ts'

const script = `import { defineFix } from 'prisma-tide'

export const fix = defineFix({
  description: 'moves every row on',
  run: async (tx) => {
    await tx.query('UPDATE items SET n = n + 1')
    await tx.query('DELETE FROM gone WHERE id = (SELECT min(id) FROM gone)')
    await tx.query('INSERT INTO added DEFAULT VALUES')
  },
})
`
const inBatches = `import { defineFix } from 'prisma-tide'

export const fix = defineFix({
  description: 'moves every row on, batch by batch',
  table: 'items',
  run: async (tx, run, batch) => {
    await tx.query('UPDATE items SET n = n + 1 WHERE ' + batch())
  },
})
`
const tables = `CREATE TABLE items (id int PRIMARY KEY, n int);
  CREATE TABLE gone (id int PRIMARY KEY);
  CREATE TABLE added (id serial PRIMARY KEY);
  CREATE TABLE log (id bigserial PRIMARY KEY, item int, n int);
  CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO log (item, n) VALUES (OLD.id, OLD.n); RETURN NULL; END $$;
  CREATE TRIGGER log AFTER UPDATE ON items FOR EACH ROW EXECUTE FUNCTION log();
  INSERT INTO items SELECT i, 0 FROM generate_series(1, 2000) i;
  INSERT INTO gone SELECT generate_series(1, 100)`

test('a fix or an undo that is killed at any moment is there as a whole or not at all, or by whole batches', async () => {
  const database = await createTestDatabase()
  await sql(database, tables)
  const before = await allBytes(database)
  const cwd = createFolder({
    'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n\nmodel items {\n  id Int @id\n}\n',
    'tide.config.js': `export default { environments: { dev: { urlVariable: 'FIX_URL' } } }`,
    'scripts/fixes/move.js': script,
    'scripts/fixes/walk.js': inBatches,
  })
  await withConnection(database, (connection) => walkAndKill(connection, (words) => start(database, cwd, words)))
  expect(await allBytes(database)).toEqual(before)
  await withConnection(database, async (connection) => {
    let runs: readonly string[] = []
    for (let kill = 0; kill < kills; kill++) {
      const last = kill % 2 === 0 ? undefined : runs.at(-1)
      const words = last === undefined ? ['run', 'move', '--apply'] : ['undo', last]
      await killSomewhere(connection, start(database, cwd, words))
      runs = await runsInEffect(connection)
      const rows = await queryRows(connection, 'SELECT min(n), max(n), (SELECT count(*) FROM gone), (SELECT count(*) FROM added), (SELECT count(*) FROM log) FROM items')
      const count = runs.length
      expect(rows, `after kill ${kill} of ${words.join(' ')}`).toEqual([`${count}|${count}|${100 - count}|${count}|${2000 * count}`])
    }
    for (const run of runs.toReversed()) expect(await end(start(database, cwd, ['undo', run]))).toBe(0)
  })
  expect(await allBytes(database)).toEqual(before)
})

/** A fix in batches and its undo, each started again until its end: every row is moved once, and once back. */
async function walkAndKill(connection: Connection, run: (words: readonly string[]) => ChildProcess): Promise<void> {
  const half = Math.ceil(kills / 2)
  for (const [words, sum] of [[['run', 'walk', '--apply'], 2000], [['undo', 'walk'], 0]] as const) {
    const isDone = async () => (await queryRows(connection, 'SELECT sum(n) FROM items'))[0] === String(sum)
    for (let kill = 0; kill < half && !(await isDone()); kill++) {
      await killSomewhere(connection, run([...words, '--batch-time', '10']))
      const [state] = await queryRows(connection, 'SELECT min(n) >= 0 AND max(n) <= 1 FROM items')
      expect(state, `after kill ${kill} of ${words.join(' ')}`).toBe('t')
    }
    // One that came to its end before it was killed is over: another call would be another run.
    const open = `SELECT FROM tide.fix_runs WHERE fix = 'walk' AND progress IS NOT NULL AND NOT (progress ->> 'done')::boolean`
    if ((await queryRows(connection, open)).length > 0 || !(await isDone())) expect(await end(run(words))).toBe(0)
    const logged = 'SELECT sum(n), (SELECT count(*) FROM log), (SELECT count(*) FROM tide.fix_images) > 0 FROM items'
    expect(await queryRows(connection, logged)).toEqual([`${sum}|${sum}|t`])
  }
}

/** More of them: `TIDE_KILLS=100`. */
const kills = Number(process.env['TIDE_KILLS'] ?? 3)

/** At any moment from the first sight of its session on: after some looks at the server, or when it has ended. */
async function killSomewhere(connection: Connection, child: ChildProcess): Promise<void> {
  const ended = end(child)
  while (child.exitCode === null && (await sessions(connection)) === 0) continue
  for (let looks = randomInt(800); looks > 0 && child.exitCode === null; looks--) await sessions(connection)
  child.kill('SIGKILL')
  await ended
  // The server may still be at the last statement that it was sent.
  while ((await sessions(connection)) > 0) continue
}

async function end(child: ChildProcess): Promise<unknown> {
  const [exitCode] = (await once(child, 'close')) as unknown[]
  return exitCode
}

function start(database: DatabaseUrl, cwd: string, words: readonly string[]): ChildProcess {
  const env = runProcessEnvironment({ FIX_URL: revealUrl(database) })
  return spawn(process.execPath, [tideBin, 'fix', ...words, '--confirm', database.database], { cwd, env, stdio: 'ignore' })
}

async function sessions(connection: Connection): Promise<number> {
  const rows = await queryRows(connection, `SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'tide fix%'`)
  return rows.length
}

/** By the record; each undo in this test is of a run, not of an undo. */
async function runsInEffect(connection: Connection): Promise<readonly string[]> {
  const [isThere] = await queryRows(connection, `SELECT to_regclass('tide.fix_runs') IS NOT NULL`)
  if (isThere !== 't') return []
  return queryRows(connection, `SELECT id FROM tide.fix_runs r WHERE undoes IS NULL AND fix = 'move'
    AND NOT EXISTS (SELECT FROM tide.fix_runs u WHERE u.undoes = r.id) ORDER BY id`)
}
