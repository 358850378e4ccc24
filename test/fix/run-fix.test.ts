import { beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, parseDatabaseUrl, withDatabase } from '../../src/postgres/database-url.ts'
import { rowsOf } from '../support/database-rows.ts'
import { waitingPid } from '../support/apply-process.ts'
import { createTestRole } from '../support/database-role.ts'
import { failureOf } from '../support/failure.ts'
import { allBytes, apply, countsOf, fixOf, rehearse, sql, sqlFix, undo } from '../support/fixes.ts'

let database: DatabaseUrl

beforeAll(async () => {
  const server = parseDatabaseUrl(inject('server'), 'the test server')
  const name = 'run_fix'
  await withConnection(server, async (connection) => {
    await connection.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await connection.query(`CREATE DATABASE ${name}`)
  })
  database = withDatabase(server, name)
  await sql(database, tables)
  return () => withConnection(server, (connection) => connection.query(`DROP DATABASE ${name} WITH (FORCE)`))
})

const tables = `
  CREATE TABLE customers (id int PRIMARY KEY, name text, secret text);
  CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers ON DELETE CASCADE, total numeric);
  CREATE TABLE log (id serial PRIMARY KEY, what text);
  CREATE TABLE plain (n int);
  CREATE TABLE ruled (id int PRIMARY KEY, n int);
  CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO log (what) VALUES (TG_OP); RETURN NULL; END $$;
  CREATE TRIGGER log AFTER DELETE ON orders FOR EACH ROW EXECUTE FUNCTION log();
  CREATE FUNCTION empty_it() RETURNS void LANGUAGE sql AS 'TRUNCATE orders';
  CREATE FUNCTION write_plain() RETURNS void LANGUAGE sql AS 'INSERT INTO plain VALUES (1)'`

beforeEach(() =>
  sql(database, `TRUNCATE customers, orders, log, plain, ruled RESTART IDENTITY;
    INSERT INTO customers SELECT i, 'c' || i, 's3cret' FROM generate_series(1, 5) i;
    INSERT INTO orders SELECT i, 1 + i % 5, i FROM generate_series(1, 20) i`))

describe('what hides from the counts', () => {
  test('a function that switches the counting off is looked through, and its work is undone', async () => {
    await sql(database, `CREATE OR REPLACE FUNCTION quietly() RETURNS void LANGUAGE plpgsql SET track_counts = off AS $$ BEGIN
      DELETE FROM orders WHERE id <= 3; UPDATE orders SET total = 0 WHERE id = 4; INSERT INTO orders VALUES (99, 1, 1); END $$`)
    const before = await rowsOf(database, 'SELECT * FROM orders ORDER BY id')
    const off = `SELECT set_config('track_counts', 'off', true)`
    const script = ['SELECT quietly()', off, 'DELETE FROM orders WHERE id = 9', off.replace('off', 'on')]
    expect(countsOf(await rehearse(database, script))).toEqual(['log 4/0/0', 'orders 1/1/4'])
    await undo(database, await apply(database, script))
    expect(await rowsOf(database, 'SELECT * FROM orders ORDER BY id')).toEqual(before)
  })

  test.each([
    ['DELETE FROM tide.fix_images', 'FIX_JOURNAL_CHANGED'],
    [`SELECT setval('log_id_seq', 500)`, 'FIX_STATEMENT_REFUSED'],
    [`SELECT 1 + pg_catalog.setval('log_id_seq', 500)`, 'FIX_STATEMENT_REFUSED'],
  ])('%s is refused', async (statement, code) => {
    await apply(database, ['UPDATE orders SET total = 7 WHERE id = 1'])
    expect((await failureOf(() => apply(database, [statement]))).code).toBe(code)
    expect(await rowsOf(database, 'SELECT count(*) > 0 FROM tide.fix_images')).toEqual(['t'])
    await sql(database, 'DROP SCHEMA tide CASCADE')
  })
})

describe('a rehearsal', () => {
  test('changes nothing and tells what it would, also through cascades and triggers', async () => {
    const before = await allBytes(database)
    const result = await rehearse(database, ['DELETE FROM customers WHERE id = 1', `UPDATE customers SET name = 'x' WHERE id = 2`])
    expect(countsOf(result)).toEqual(['customers 0/1/1', 'log 4/0/0', 'orders 0/0/4'])
    expect(result.tables.map(({ table, named }) => [table, named])).toEqual([['customers', true], ['log', false], ['orders', false]])
    expect(result.tables[0]?.rows).toEqual([
      { key: { id: '2' }, before: { name: 'c2' }, after: { name: 'x' } },
      { key: { id: '1' }, before: { id: '1', name: 'c1', secret: 's3cret' }, after: null },
    ])
    expect(result.locks.map(({ table, mode }) => `${table} ${mode}`)).toEqual([
      'customers ROW EXCLUSIVE', 'log ROW EXCLUSIVE', 'orders ROW EXCLUSIVE',
    ])
    expect(result).toMatchObject({ mode: 'dry-run', attempts: 1 })
    expect(result.undo).toBeUndefined()
    expect(await allBytes(database)).toEqual(before)
  })

  test('leaves no table of its own in a database that has none', async () => {
    expect(await rowsOf(database, `SELECT to_regnamespace('tide')`)).toEqual(['NULL'])
  })

  test('shows no value with no rows asked for', async () => {
    const result = await rehearse(database, ['UPDATE customers SET secret = NULL'], { rows: 0 })
    expect(countsOf(result)).toEqual(['customers 0/5/0'])
    expect(JSON.stringify(result)).not.toContain('s3cret')
  })

  test('leaves out rows that were written and are what they were', async () => {
    const result = await rehearse(database, ['UPDATE orders SET total = total', 'UPDATE orders SET total = 7 WHERE id = 1'])
    expect(countsOf(result)).toEqual(['orders 0/1/0'])
  })

  test('tells whom it kept waiting', async () => {
    const result = await withConnection(database, async (other) => {
      let waiting: Promise<unknown> = Promise.resolve()
      const fix = fixOf(async (tx) => {
        await tx.query('UPDATE customers SET name = name || 1')
        waiting = other.query(`UPDATE customers SET secret = 'theirs' WHERE id = 1`)
        await withConnection(database, (third) => waitingPid(third, `locktype = 'transactionid'`))
        await tx.query('SELECT pg_sleep(0.3)')
      })
      const done = await rehearse(database, fix)
      await waiting
      return done
    })
    expect(result.keptWaiting).toEqual([expect.stringMatching(/^session \d+ \(tide, user/)])
    expect(await rowsOf(database, 'SELECT secret FROM customers WHERE id = 1')).toEqual(['theirs'])
  })
})

describe('what is refused leaves every row as it was', () => {
  const refused: Readonly<Record<string, readonly [code: string, says: RegExp, ...statements: readonly string[]]>> = {
    'TRUNCATE': ['FIX_STATEMENT_REFUSED', /TRUNCATE orders/, 'DELETE FROM orders', 'TRUNCATE orders'],
    'a change of the structure': ['FIX_STATEMENT_REFUSED', /ALTER TABLE/, 'ALTER TABLE orders ADD x int'],
    'COPY': ['FIX_STATEMENT_REFUSED', /COPY orders/, 'COPY orders FROM STDIN'],
    'COMMIT': ['FIX_STATEMENT_REFUSED', /COMMIT/, 'DELETE FROM orders', 'COMMIT'],
    'COMMIT behind another statement': ['FIX_STATEMENT_REFUSED', /COMMIT/, 'DELETE FROM orders; COMMIT'],
    'SELECT INTO': ['FIX_STATEMENT_REFUSED', /SELECT/, 'SELECT * INTO other FROM orders'],
    'a lock that nobody can read beside': ['FIX_STATEMENT_REFUSED', /LOCK TABLE/, 'LOCK TABLE orders'],
    'counts switched off': ['FIX_STATEMENT_REFUSED', /SET track_counts/, 'SET track_counts = off'],
    'TRUNCATE in a function': ['FIX_STRUCTURE_CHANGED', /more than rows/, 'SELECT empty_it()'],
    'DDL in a DO block': ['FIX_STRUCTURE_CHANGED', /more than rows/, `DO $$ BEGIN EXECUTE 'CREATE TABLE made (id int)'; END $$`],
    'counts switched off in a DO block': ['FIX_COUNTS_OFF', /does not count/, `DO $$ BEGIN PERFORM set_config('track_counts', 'off', true); END $$`],
    'a table without a primary key': ['FIX_NO_PRIMARY_KEY', /plain, which has no primary key/, 'INSERT INTO plain VALUES (1)'],
    'one that a function writes to': ['FIX_NO_PRIMARY_KEY', /plain/, 'SELECT write_plain()'],
    'a mistake in SQL': ['STATEMENT_SYNTAX', /syntax/, 'UPDAT orders SET total = 1'],
    'an error of the server': ['FIX_FAILED', /rolled back/, 'DELETE FROM orders', 'SELECT nothing FROM nowhere'],
    'a constraint': ['FIX_FAILED', /rolled back/, 'UPDATE orders SET customer = 99'],
  }
  for (const [what, [code, says, ...statements]] of Object.entries(refused)) {
    test(what, async () => {
      const before = await allBytes(database)
      const failure = await failureOf(() => apply(database, ['DELETE FROM orders WHERE id = 1', ...statements]))
      expect([failure.code, failure.message]).toEqual([code, expect.stringMatching(says)])
      expect(await allBytes(database)).toEqual(before)
    })
  }

  test('a refusal that the script swallows', async () => {
    const before = await allBytes(database)
    const fix = fixOf(async (tx) => {
      await tx.query('DELETE FROM orders WHERE id = 1')
      await tx.query('TRUNCATE orders').catch(() => undefined)
    })
    expect((await failureOf(() => apply(database, fix))).code).toBe('FIX_STATEMENT_REFUSED')
    expect(await allBytes(database)).toEqual(before)
  })

  test('an error that the script swallows, whose reason is told and whose values are not', async () => {
    const fix = fixOf(async (tx) => {
      await tx.query(`INSERT INTO customers VALUES (1, 'secret name')`).catch(() => undefined)
    })
    const failure = await failureOf(() => apply(database, fix))
    expect(failure.details.why).toBe('duplicate key value violates unique constraint "customers_pkey"\nKey: id.')
    expect(JSON.stringify(failure.details)).not.toContain('secret name')
  })

  test('a script that throws', async () => {
    const fix = fixOf(async (tx) => {
      await tx.query('DELETE FROM orders')
      throw new RangeError('row 10,001 has no price')
    })
    const failure = await failureOf(() => apply(database, fix))
    expect([failure.code, failure.details.why]).toEqual(['FIX_FAILED', 'row 10,001 has no price'])
    expect(await rowsOf(database, 'SELECT count(*) FROM orders')).toEqual(['20'])
  })

  test('a statement after the end of a script, since an await is missing', async () => {
    let late: Promise<unknown> = Promise.resolve()
    const fix = fixOf((tx) => {
      late = new Promise((resolve) => setTimeout(resolve, 10)).then(() => tx.query('DELETE FROM orders'))
      late.catch(() => undefined)
    })
    await apply(database, fix)
    expect((await failureOf(() => late)).details.why).toContain('an await is missing')
    expect(await rowsOf(database, 'SELECT count(*) FROM orders')).toEqual(['20'])
  })

  test('rows that a policy may hide', async () => {
    const role = await createTestRole(database)
    await sql(database, `ALTER TABLE ruled ENABLE ROW LEVEL SECURITY; CREATE POLICY odd ON ruled USING (n % 2 = 1);
      GRANT ALL ON ruled TO ${role.name}; INSERT INTO ruled VALUES (1, 1)`)
    const failure = await failureOf(() => rehearse(role.as(database), ['UPDATE ruled SET n = 3']))
    expect([failure.code, failure.message]).toEqual(['FIX_ROW_SECURITY', expect.stringContaining('ruled')])
    await sql(database, 'DROP POLICY odd ON ruled; ALTER TABLE ruled DISABLE ROW LEVEL SECURITY')
  })

  test('a role that may not read what it changes', async () => {
    const role = await createTestRole(database)
    await sql(database, `GRANT INSERT ON customers TO ${role.name}`)
    const failure = await failureOf(() => rehearse(role.as(database), [`INSERT INTO customers VALUES (50, 'x')`]))
    expect([failure.code, failure.details.why]).toEqual(['FIX_SERVER', 'permission denied for table customers'])
  })
})

describe('others who write at the same time', () => {
  test('are not captured, and what they committed before is what an undo gives back', async () => {
    const run = await withConnection(database, async (other) => {
      const fix = fixOf(async (tx) => {
        await tx.query('UPDATE orders SET total = 0 WHERE id = 1')
        // Committed after the transaction began, before it touches that row.
        await other.query('UPDATE orders SET total = 222 WHERE id = 2')
        await tx.query('UPDATE orders SET total = 0 WHERE id = 2')
        await other.query('UPDATE orders SET total = 333 WHERE id = 3')
        await other.query('DELETE FROM orders WHERE id = 4')
        await other.query('INSERT INTO orders VALUES (40, 1, 40)')
        await tx.query('DELETE FROM orders WHERE id = 5')
      })
      return apply(database, fix)
    })
    const [kept] = await rowsOf(database, `SELECT string_agg(key::text, '' ORDER BY key) FROM tide.fix_images WHERE run = ${run} AND place = 1`)
    expect(kept).toBe('{1}{2}{5}')
    await undo(database, run)
    expect(await rowsOf(database, 'SELECT id, total FROM orders WHERE id < 6 OR id = 40 ORDER BY 1')).toEqual([
      '1|1', '2|222', '3|333', '5|5', '40|40',
    ])
  })

  test('a lock of theirs is waited for with everything let go, and the run begins again', async () => {
    let calls = 0
    const result = await withConnection(database, async (other) => {
      await other.query('BEGIN; UPDATE orders SET total = 5 WHERE id = 9')
      const fix = fixOf(async (tx) => {
        calls++
        if (calls === 3) await other.query('COMMIT')
        await tx.query('UPDATE orders SET total = total + 1 WHERE id > 7')
      })
      return rehearse(database, fix, { apply: true, lockTimeoutMs: 50 })
    })
    expect(result.attempts).toBe(3)
    expect(await rowsOf(database, 'SELECT total FROM orders WHERE id = 9')).toEqual(['6'])
    expect(countsOf(result)).toEqual(['orders 0/13/0'])
  })

  test('a lock that is not let go of is told with who holds it', async () => {
    const failure = await withConnection(database, async (other) => {
      await other.query('BEGIN; UPDATE orders SET total = 5 WHERE id = 9')
      return failureOf(() => apply(database, ['UPDATE orders SET total = 0'], { lockTimeoutMs: 200, lockBudgetMs: 300 }))
    })
    expect([failure.code, failure.details.why]).toEqual(['FIX_LOCK_TIMEOUT', expect.stringMatching(/^session \d+ \(tide, user/)])
  })

  test('somebody who waits to change the structure does not wait for ever, nor does the run', async () => {
    const result = await withConnection(database, async (other) => {
      let altering: Promise<unknown> | undefined
      const fix = fixOf(async (tx) => {
        await tx.query('UPDATE orders SET total = total + 1 WHERE id = 1')
        if (altering !== undefined) return
        altering = other.query('ALTER TABLE orders ADD COLUMN note text')
        await withConnection(database, (third) => waitingPid(third, `mode = 'AccessExclusiveLock'`))
      })
      const done = await rehearse(database, fix, { lockTimeoutMs: 100 })
      await altering
      return done
    })
    expect(result.attempts).toBe(2)
    await sql(database, 'ALTER TABLE orders DROP COLUMN note')
  })
})

test('a connection that is cut leaves nothing behind', async () => {
  const cut = fixOf(async (tx) => {
    await tx.query('DELETE FROM orders')
    await sql(database, `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'tide fix run'`)
    await tx.query('DELETE FROM customers')
  })
  const failure = await failureOf(() => apply(database, cut))
  expect([failure.code, failure.details.why]).toEqual(['FIX_FAILED', expect.stringMatching(/terminat|not queryable/)])
  const watched = fixOf(async (tx) => {
    await tx.query('DELETE FROM orders')
    await sql(database, `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE '%(watching)'`)
  })
  expect((await failureOf(() => apply(database, watched))).code).toBe('FIX_SERVER')
  expect(await rowsOf(database, 'SELECT count(*) FROM orders')).toEqual(['20'])
})

test('a stop ends a statement that runs, and nothing is changed', async () => {
  const stop = new AbortController()
  const running = failureOf(() =>
    apply(database, sqlFix(['DELETE FROM orders', 'SELECT pg_sleep(600)']), { signal: stop.signal }))
  await withConnection(database, async (connection) => {
    for (let sleeping = 0; sleeping === 0; ) {
      const { rowCount } = await connection.query(`SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = 'run_fix'`)
      sleeping = rowCount ?? 0
    }
  })
  stop.abort()
  expect((await running).code).toBe('FIX_INTERRUPTED')
  expect(await rowsOf(database, 'SELECT count(*) FROM orders')).toEqual(['20'])
})

test('an applied run is kept with who, when, script and counts', async () => {
  const run = await apply(database, ['DELETE FROM customers WHERE id = 1'], { appliedBy: 'anna' })
  const [row] = await rowsOf(database, `SELECT fix, description, script_hash, undoes, applied_by, role = session_user,
    applied_at <= now(), (SELECT string_agg(t ->> 'name' || (t ->> 'deleted'), ' ') FROM jsonb_array_elements(tables) t)
    FROM tide.fix_runs WHERE id = ${run}`)
  expect(row).toBe('repair|repairs|cafe|NULL|anna|t|t|customers1 log0 orders4')
})
