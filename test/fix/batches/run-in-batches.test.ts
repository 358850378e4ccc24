import { beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import type { BatchedFixDefinition } from '../../../src/fix/define-fix.ts'
import type { Fix } from '../../../src/fix/run-fix.ts'
import { listFixes } from '../../../src/fix/list-fixes.ts'
import { writeUndoSql } from '../../../src/fix/write-undo-sql.ts'
import { withConnection } from '../../../src/postgres/connect.ts'
import { type DatabaseUrl, parseDatabaseUrl, withDatabase } from '../../../src/postgres/database-url.ts'
import { startCuttingProxy } from '../../support/cutting-proxy.ts'
import { rowsOf } from '../../support/database-rows.ts'
import { createTestRole } from '../../support/database-role.ts'
import { failureOf } from '../../support/failure.ts'
import { allBytes, apply, countsOf, rehearse, sql, undo } from '../../support/fixes.ts'

let database: DatabaseUrl

beforeAll(async () => {
  const server = parseDatabaseUrl(inject('server'), 'the test server')
  const name = 'fix_in_batches'
  await withConnection(server, async (connection) => {
    await connection.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await connection.query(`CREATE DATABASE ${name}`)
  })
  database = withDatabase(server, name)
  await sql(database, tables)
  return () => withConnection(server, (connection) => connection.query(`DROP DATABASE ${name} WITH (FORCE)`))
})

/** Each change of an item writes into the one row of its shelf, which so belongs to many batches. */
const tables = `
  CREATE TABLE shelves (id int PRIMARY KEY, changes int NOT NULL);
  CREATE TABLE items (shelf int, place text, n int, note text, PRIMARY KEY (shelf, place));
  CREATE TABLE "odd.one" (id int PRIMARY KEY);
  CREATE FUNCTION count_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE shelves SET changes = changes + 1 WHERE id = NEW.shelf; RETURN NULL; END $$;
  CREATE TRIGGER count_it AFTER UPDATE ON items FOR EACH ROW EXECUTE FUNCTION count_it();`

beforeEach(() =>
  sql(database, `DROP SCHEMA IF EXISTS tide CASCADE; TRUNCATE shelves, items;
    INSERT INTO shelves VALUES (1, 0), (2, 0);
    INSERT INTO items SELECT 1 + i % 2, 'p' || i, i, 'n' FROM generate_series(1, 2000) i`))

const plusOne = 'UPDATE items AS i SET n = n + 1 WHERE n % 10 <> 0 AND '

function batched(run: BatchedFixDefinition['run'], table = 'items'): Fix {
  return { name: 'repair', file: 'scripts/fixes/repair.ts', hash: 'cafe', definition: { description: 'repairs', table, run } }
}

/** One that runs a statement. */
function only(statement: (batch: () => string) => string, table?: string): Fix {
  return batched(async (tx, _, batch) => {
    await tx.query(statement(batch))
  }, table)
}

const fix = batched(async (tx, _, batch) => {
  await tx.query(plusOne + batch('i'))
})

const sums = 'SELECT sum(n), count(*) FILTER (WHERE note <> $$n$$) FROM items'

describe('a fix in batches', () => {
  test('is rehearsed batch by batch, applied, and undone byte for byte, though batches share rows', async () => {
    const before = await allBytes(database)
    const rehearsed = await rehearse(database, fix, { rows: 2 })
    expect(countsOf(rehearsed)).toEqual(['items 0/1800/0', expect.stringMatching(/^shelves 0\/\d+\/0$/)])
    expect(rehearsed).toMatchObject({ mode: 'dry-run', batches: { rows: 2000 }, tables: [{ rows: { length: 2 }, named: true }, { named: false }] })
    expect(await allBytes(database)).toEqual(before)
    expect(await rowsOf(database, `SELECT to_regclass('tide.fix_runs') IS NULL`)).toEqual(['t'])

    const run = await apply(database, fix)
    const after = await allBytes(database)
    expect(await rowsOf(database, 'SELECT sum(changes) FROM shelves')).toEqual(['1800'])
    expect(await withConnection(database, (connection) => listFixes(connection, []))).toMatchObject({
      runs: [{ id: run, batches: { isFinished: true, visited: 2000, total: 2000 }, tables: [{ table: 'items', updated: 1800 }, { table: 'shelves' }] }],
    })
    const lines: string[] = []
    await writeUndoSql({ database, run, write: (more) => lines.push(...more) })
    expect(lines.filter((line) => line.startsWith('UPDATE')).length).toBeGreaterThan(1800)

    const rehearsedUndo = await undo(database, 'repair', { apply: false })
    expect(rehearsedUndo).toMatchObject({ mode: 'dry-run', overwritten: [] })
    expect(await allBytes(database)).toEqual(after)
    const undone = await undo(database, 'repair')
    expect(undone).toMatchObject({ undoes: run, tables: [{ table: 'items', updated: 1800 }, { table: 'shelves' }] })
    expect(await allBytes(database)).toEqual(before)
    expect((await failureOf(() => undo(database, run))).code).toBe('FIX_ALREADY_UNDONE')
    await undo(database, undone.undo ?? '')
    expect(await allBytes(database)).toEqual(after)
  })

  test.each([
    ['behind all others', 'SELECT'],
    ['wherever there is room', 'DELETE FROM log WHERE id % 2 = 0; VACUUM log'],
  ])('keeps the rows that a trigger adds to a long log, %s', async (_, make) => {
    await sql(database, `DROP TABLE IF EXISTS log; CREATE TABLE log (id serial PRIMARY KEY, n int, filler text DEFAULT repeat('x', 900));
      INSERT INTO log (n) SELECT i FROM generate_series(1, 400) i;
      CREATE OR REPLACE FUNCTION log_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log (n) VALUES (NEW.n); RETURN NULL; END $$;
      CREATE OR REPLACE TRIGGER log_it AFTER UPDATE ON items FOR EACH ROW EXECUTE FUNCTION log_it()`)
    for (const statement of make.split('; ')) await sql(database, statement)
    const before = await allBytes(database)
    const done = await rehearse(database, fix)
    expect(countsOf(done)).toContain('log 1800/0/0')
    const run = await apply(database, fix)
    expect(await rowsOf(database, 'SELECT count(*) FROM log WHERE id > 400')).toEqual(['1800'])
    await undo(database, run)
    expect(await allBytes(database)).toEqual(before)
    await sql(database, 'DROP TRIGGER log_it ON items; DROP TABLE log')
  })

  test('an undo finds the rows that a trigger takes away meanwhile, which are none of the batch', async () => {
    await sql(database, 'CREATE TABLE more (id int PRIMARY KEY, n int); INSERT INTO more SELECT i, i FROM generate_series(1, 30) i')
    await apply(database, only((batch) => `INSERT INTO more SELECT id + 100 FROM more WHERE id < 4 AND ${batch()}`, 'more'))
    await sql(database, `CREATE FUNCTION take() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        DELETE FROM more WHERE id = 10; RETURN NULL; END $$;
      CREATE TRIGGER take AFTER DELETE ON more FOR EACH ROW WHEN (OLD.id <> 10) EXECUTE FUNCTION take()`)
    const role = await createTestRole(database)
    await sql(database, `GRANT ALL ON more TO ${role.name}; GRANT CREATE ON DATABASE fix_in_batches TO ${role.name};
      GRANT USAGE ON SCHEMA tide TO ${role.name}; GRANT ALL ON ALL TABLES IN SCHEMA tide TO ${role.name}`)
    const before = await allBytes(database)
    const failure = await failureOf(() => undo(role.as(database), 'repair'))
    expect([failure.code, failure.details.why]).toEqual(['FIX_BATCHES_STOPPED', expect.stringContaining('more id=10')])
    expect(await allBytes(database)).toEqual(before)
    await sql(database, 'DROP TABLE more; DROP FUNCTION take')
  })

  test('stops at a row that it cannot change, keeps what is before it, and goes on behind', async () => {
    const picky = (bad: string): Fix =>
      batched(async (tx, _, batch) => {
        await tx.query(`UPDATE items SET n = n + 1, note = (1 / (CASE place WHEN '${bad}' THEN 0 ELSE 1 END))::text WHERE ${batch()}`)
      })
    const failure = await failureOf(() => apply(database, picky('p777')))
    expect(failure.code).toBe('FIX_BATCHES_STOPPED')
    expect(failure.details.why).toContain('At the row shelf 2, place p777: division by zero')
    const [kept = ''] = await rowsOf(database, 'SELECT count(*) FROM items WHERE note <> $$n$$')
    expect(Number(kept)).toBe(await positionOf('p777'))
    // The same run goes on, under the script as it is now.
    const run = await apply(database, picky('none'))
    expect(failure.details.meta).toMatchObject({ run })
    expect(await rowsOf(database, sums)).toEqual([`${2001 * 1000 + 2000}|2000`])
    await undo(database, run)
    expect(await rowsOf(database, sums)).toEqual([`${2001 * 1000}|0`])
  })

  test('an undo begins nothing where a row has changed since, and names it', async () => {
    const run = await apply(database, fix)
    await sql(database, `UPDATE items SET note = 'mine' WHERE place = 'p3'`)
    const after = await allBytes(database)
    const failure = await failureOf(() => undo(database, run))
    expect(failure.code).toBe('FIX_ROWS_CHANGED')
    expect(failure.details.why).toBe('items shelf=2 place=p3\nshelves id=2')
    expect(await allBytes(database)).toEqual(after)
    const { overwritten } = await undo(database, run, { overwrite: true })
    expect(overwritten).toContain('items shelf=2 place=p3')
    expect(await rowsOf(database, sums)).toEqual([`${2001 * 1000}|0`])
  })

  test('an interrupted run is taken back as far as it came, and a begun undo must be finished', async () => {
    const stopping = new AbortController()
    let calls = 0
    const slow = batched(async (tx, _, batch) => {
      if (++calls === 3) stopping.abort()
      await tx.query(plusOne + batch('i'))
    })
    const before = await allBytes(database)
    expect((await failureOf(() => apply(database, slow, { signal: stopping.signal }))).code).toBe('FIX_BATCHES_STOPPED')
    const again = new AbortController()
    const report = ({ stage }: { readonly stage: string }): void => {
      if (stage === 'undoing') again.abort()
    }
    expect((await failureOf(() => undo(database, 'repair', { signal: again.signal, report }))).code).toBe('FIX_BATCHES_STOPPED')
    expect((await failureOf(() => apply(database, fix))).code).toBe('FIX_UNDO_UNFINISHED')
    await undo(database, 'repair')
    expect(await allBytes(database)).toEqual(before)
    await apply(database, fix)
    expect(await rowsOf(database, 'SELECT sum(changes) FROM shelves')).toEqual(['1800'])
  })

  test('connections that a proxy cuts leave whole batches, of the run and of its undo', async () => {
    const before = await allBytes(database)
    await using proxy = await startCuttingProxy(database, 300)
    const run = await apply(proxy.url, fix)
    expect(await rowsOf(database, 'SELECT sum(n), (SELECT sum(changes) FROM shelves) FROM items')).toEqual([`${2001 * 1000 + 1800}|1800`])
    await undo(proxy.url, run)
    expect(await allBytes(database)).toEqual(before)
    expect(proxy.cuts()).toBeGreaterThan(0)
  })

  test.each([
    ['a key that it changes', only((batch) => `UPDATE items SET place = place || 'x' WHERE ${batch()}`), 'FIX_BATCHES_STOPPED', 'follow place'],
    ['a table that is not there', batched(() => undefined, 'nothing'), 'DATA_TABLE_MISSING', 'dropped or renamed'],
    ['a TRUNCATE', only(() => 'TRUNCATE items'), 'FIX_BATCHES_STOPPED', 'TRUNCATE'],
  ])('%s is refused', async (_, wrong, code, why) => {
    const before = await allBytes(database)
    const failure = await failureOf(() => apply(database, wrong))
    expect([failure.code, failure.details.why]).toEqual([code, expect.stringContaining(why)])
    expect(await allBytes(database)).toEqual(before)
  })

  test('a table whose name has a dot is found, and one that is empty is done at once', async () => {
    const run = await apply(database, only((batch) => `DELETE FROM "odd.one" WHERE ${batch()}`, 'odd.one'))
    expect(await undo(database, run)).toMatchObject({ tables: [], batches: { count: 0 } })
  })
})

async function positionOf(place: string): Promise<number> {
  const [count = ''] = await rowsOf(database, `SELECT count(*) FROM items WHERE (shelf, place) < (2, '${place}')`)
  return Number(count)
}
