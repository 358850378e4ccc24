import { describe, expect, test } from 'vitest'
import { orderStep } from '../../src/data/control.ts'
import { writeUndoSql } from '../../src/data/undo-sql.ts'
import { requireReadableKey } from '../../src/data/step/readable-key.ts'
import { connect, withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { createTestDatabase } from '../support/database.ts'
import { rowsOf } from '../support/database-rows.ts'
import { runData, stepOf } from '../support/data-steps.ts'
import { failureOf } from '../support/failure.ts'

const countUp = (table: string, more = '') => (batch: (alias?: string) => string) =>
  `UPDATE ${table} AS one SET times = times + 1${more} WHERE ${batch('one')}`

interface Given {
  readonly query: (text: string, values?: readonly unknown[]) => Promise<unknown>
}

async function tableOf(database: DatabaseUrl, name: string, columns: string, rows: string): Promise<void> {
  await execute(database, `CREATE TABLE ${name} (${columns}, times int NOT NULL DEFAULT 0); INSERT INTO ${name} ${rows}`)
}

function execute(database: DatabaseUrl, sql: string): Promise<unknown> {
  return withConnection(database, (connection) => connection.query(sql))
}

const timesOf = (database: DatabaseUrl, table: string): Promise<readonly string[]> =>
  rowsOf(database, `SELECT times || ' x ' || count(*) FROM ${table} GROUP BY times ORDER BY times`)

describe('a step of SQL', () => {
  test('goes through every kind of key, each row once, and back', async () => {
    const database = await createTestDatabase()
    const keys: readonly (readonly [string, string, string, string])[] = [
      ['ints', 'id int PRIMARY KEY', 'SELECT n FROM generate_series(-1500, 1500) n', 'id'],
      ['uuids', 'id uuid PRIMARY KEY', 'SELECT gen_random_uuid() FROM generate_series(1, 900)', 'id'],
      ['texts', 'id text PRIMARY KEY', `SELECT chr(32 + n % 90) || '''\\é,"{}' || n FROM generate_series(1, 900) n`, 'id'],
      ['pairs', 'b text, a bigint, PRIMARY KEY (a, b)', `SELECT 'b' || n % 7, n / 7 FROM generate_series(1, 900) n`, 'a, b'],
      ['times', 'at timestamptz PRIMARY KEY', `SELECT now() + n * interval '1 us' FROM generate_series(1, 900) n`, 'at'],
      ['named', 'x int, "y z" char(8) NOT NULL UNIQUE', `SELECT 1, n::text FROM generate_series(1, 900) n`, '"y z"'],
      ['empty_one', 'id int PRIMARY KEY', 'SELECT 1 WHERE false', 'id'],
    ]
    for (const [table, columns, rows, key] of keys) {
      await tableOf(database, table, columns, rows)
      const step = stepOf(table, {
        table,
        ...(table === 'named' ? { key: ['y z'] } : {}),
        up: countUp(table),
        down: (batch: () => string) => `UPDATE ${table} SET times = times - 1 WHERE ${batch()}`,
        check: `SELECT ${key} FROM ${table} WHERE times = 0`,
      })
      const before = (await rowsOf(database, `SELECT count(*) FROM ${table}`))[0]
      const outcome = await runData(database, step)
      expect([table, String(outcome.rows), ...(await timesOf(database, table))]).toEqual(
        before === '0' ? [table, '0'] : [table, before, `1 x ${before ?? ''}`],
      )
      expect((await runData(database, step)).rows).toBe(outcome.rows)
      await runData(database, step, { direction: 'down' })
      expect(await timesOf(database, table)).toEqual(before === '0' ? [] : [`0 x ${before ?? ''}`])
    }
    await runData(database, stepOf('ints', { table: 'ints', up: countUp('ints'), check: 'SELECT id FROM ints WHERE times = 0' }), {
      ledgerId: 'applied anew',
    })
    expect(await timesOf(database, 'ints')).toEqual(['1 x 3001'])
  })

  test('does what came in meanwhile, and nothing twice', async () => {
    const database = await createTestDatabase()
    await tableOf(database, 'late', 'id int PRIMARY KEY', 'SELECT n FROM generate_series(1, 500) n')
    const step = stepOf('1', { table: 'late', up: countUp('late'), check: 'SELECT id FROM late WHERE times = 0' })
    // Below every cursor: only the check finds it.
    await execute(database, `CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.id = 400 THEN INSERT INTO late VALUES (-1); END IF; RETURN NEW; END $$;
      CREATE TRIGGER late BEFORE UPDATE ON late FOR EACH ROW EXECUTE FUNCTION late()`)
    expect((await runData(database, step, { workers: 1 })).rows).toBe(501)
    expect(await timesOf(database, 'late')).toEqual(['1 x 501'])

    await rowsOf(database, 'INSERT INTO late VALUES (-2), (9999)')
    await runData(database, step)
    expect(await timesOf(database, 'late')).toEqual(['0 x 2', '1 x 501'])
    await runData(database, step, { recheck: true })
    expect(await timesOf(database, 'late')).toEqual(['1 x 503'])
  })

  test('sets aside the rows that it cannot change, names them, and does them when they were mended', async () => {
    const database = await createTestDatabase()
    await tableOf(database, 'bad', 'id int PRIMARY KEY, text text', `SELECT n, CASE WHEN n % 700 = 0 THEN 'x' ELSE '7' END FROM generate_series(1, 2000) n`)
    const step = stepOf('1', { table: 'bad', up: countUp('bad', ', text = text::int + 1'), check: 'SELECT id FROM bad WHERE times = 0' })
    const failure = await failureOf(() => runData(database, step, { workers: 3 }))
    expect(failure).toMatchObject({ code: 'DATA_ROWS_QUARANTINED', details: { meta: { count: 2 } } })
    expect(failure.details.why).toContain('id 1400: invalid input syntax for type integer')
    expect(await timesOf(database, 'bad')).toEqual(['0 x 2', '1 x 1998'])

    await rowsOf(database, `UPDATE bad SET text = '1' WHERE text = 'x'`)
    await runData(database, step)
    expect(await timesOf(database, 'bad')).toEqual(['1 x 2000'])
    expect(await rowsOf(database, 'SELECT count(*) FROM tide.data_quarantine')).toEqual(['0'])
  })

  test('goes back through the rows that it changed, and leaves those that it could not', async () => {
    const database = await createTestDatabase()
    await tableOf(database, 'cents', 'id int PRIMARY KEY, price float8', 'SELECT n, CASE n WHEN 5 THEN 1e12 ELSE n END FROM generate_series(1, 900) n')
    const parts = {
      table: 'cents',
      up: (batch: (alias?: string) => string) => `UPDATE cents SET times = round(price * 100)::int, price = NULL WHERE ${batch()}`,
      down: (batch: (alias?: string) => string) => `UPDATE cents AS c SET price = times / 100.0, times = 0 WHERE ${batch('c')}`,
      check: 'SELECT id FROM cents WHERE times = 0',
    }
    const step = stepOf('1', parts)
    const prices = 'SELECT count(price), sum(price), sum(times) FROM cents'
    const before = await rowsOf(database, prices)
    expect(await failureOf(() => runData(database, step))).toMatchObject({ code: 'DATA_ROWS_QUARANTINED' })
    const sql = await writeUndoSql(database, step)
    expect(sql).toContain(`NOT ("c"."id" = '5'::integer)`)
    await execute(database, `BEGIN; ${sql} DO $$ BEGIN ASSERT (SELECT sum(price) FROM cents) > 1e12; END $$; ROLLBACK`)
    await runData(database, step, { direction: 'down' })
    expect(await rowsOf(database, prices)).toEqual(before)

    // A row that the check does not know is left out as well; one that is mended and done is gone through.
    const blind = stepOf('2', { ...parts, check: 'SELECT id FROM cents WHERE times = 0 AND price < 1e6' })
    await runData(database, blind)
    await rowsOf(database, 'UPDATE cents SET price = 7 WHERE id = 5')
    await runData(database, blind, { recheck: true })
    expect(await rowsOf(database, 'SELECT count(price), sum(times) FROM cents')).toEqual(['0|40545200'])
    await runData(database, blind, { direction: 'down' })
    expect(await rowsOf(database, 'SELECT count(price), sum(price), sum(times) FROM cents')).toEqual(['900|405452|0'])
  })

  test('whose way back was begun does not go forth before that is finished', async () => {
    const database = await createTestDatabase()
    await tableOf(database, 'half', 'id int PRIMARY KEY', 'SELECT n FROM generate_series(1, 900) n')
    const down = (more: string) => (batch: () => string) => `UPDATE half SET times = times - 1 ${more} WHERE ${batch()}`
    const step = { table: 'half', up: countUp('half'), check: 'SELECT id FROM half WHERE times = 0' }
    const failing = stepOf('1', { ...step, down: down('+ 0 * (1 / (id - 700))') })
    await runData(database, stepOf('1', { ...step, down: down('') }))
    expect(await failureOf(() => runData(database, failing, { direction: 'down' }))).toMatchObject({ code: 'DATA_ROWS_QUARANTINED' })
    expect(await failureOf(() => runData(database, failing))).toMatchObject({ code: 'DATA_UNDO_UNFINISHED' })
    await runData(database, stepOf('1', { ...step, down: down('- times + 1') }), { direction: 'down' })
    expect(await rowsOf(database, 'SELECT times FROM half WHERE id = 700')).toEqual(['0'])
  })

  test('records what its columns held, puts it back, and writes that as SQL', async () => {
    const database = await createTestDatabase()
    await tableOf(
      database,
      'kept',
      'a int, b text, PRIMARY KEY (a, b), n numeric(9,2), at timestamptz, words text[], doc jsonb, bits bytea, page xml',
      `SELECT g, 'it''s ' || g, g / 3.0, '0044-01-01 BC', ARRAY['a,"b"', NULL], '{"k": null}', '\\x00ff', 'a <b/> c' FROM generate_series(1, 300) g`,
    )
    const everything = 'SELECT md5(string_agg(kept::text, chr(10) ORDER BY a)) FROM kept'
    const before = await rowsOf(database, everything)
    const step = stepOf('1', {
      table: 'kept',
      up: (batch: () => string) => `UPDATE kept SET times = 1, n = NULL, at = now(), words = '{}', doc = '[]', bits = '', page = NULL WHERE ${batch()}`,
      down: { restore: ['times', 'n', 'at', 'words', 'doc', 'bits', 'page'] },
      check: 'SELECT a, b FROM kept WHERE times = 0',
    })
    await runData(database, step)
    const after = await rowsOf(database, everything)
    expect(after).not.toEqual(before)
    const sql = await writeUndoSql(database, step)
    expect(sql).toContain(`WHERE "a" = '7'::integer AND "b" = 'it''s 7'::text;`)
    await runData(database, step, { direction: 'down' })
    expect(await rowsOf(database, everything)).toEqual(before)

    await runData(database, step)
    // Whatever the session of whoever runs it takes texts for.
    await execute(database, `SET xmloption = document; ${sql}`)
    expect(await rowsOf(database, everything)).toEqual(before)
    // The script names another column once the rows are done: of that one nothing was recorded.
    const few = { table: 'kept', up: (batch: () => string) => `UPDATE kept SET times = 1 WHERE ${batch()}`, check: step.check }
    await runData(database, stepOf('4', { ...few, down: { restore: ['times'] } }))
    const more = stepOf('4', { ...few, down: { restore: ['n', 'times'] } })
    expect(await writeUndoSql(database, more)).toContain(`SET "times" = '0'::integer WHERE "a" = '7'::integer`)
    await runData(database, more, { direction: 'down' })
    expect(await rowsOf(database, everything)).toEqual(before)
    const wrong = stepOf('2', { table: 'kept', up: countUp('kept'), down: { restore: ['a'] }, check: 'SELECT a, b FROM kept' })
    expect((await failureOf(() => runData(database, wrong))).code).toBe('DATA_UNDO_COLUMN')
    const function_ = stepOf('3', { up: () => undefined, down: () => undefined })
    expect((await failureOf(() => writeUndoSql(database, function_))).code).toBe('DATA_UNDO_SQL')
  })

  test('holds while a probe says so, and tells why', async () => {
    const database = await createTestDatabase()
    await tableOf(database, 'calm', 'id int PRIMARY KEY', 'SELECT n FROM generate_series(1, 300) n')
    await execute(database, `CREATE TABLE probe (asked serial); CREATE FUNCTION probe() RETURNS text LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO probe DEFAULT VALUES; RETURN CASE WHEN (SELECT max(asked) FROM probe) < 3 THEN 'too busy' ELSE '' END; END $$`)
    const stages: string[] = []
    const step = stepOf('1', { table: 'calm', up: countUp('calm'), check: 'SELECT id FROM calm WHERE times = 0' })
    await runData(database, step, { brakes: { sql: 'SELECT probe()' }, report: ({ stage }) => void stages.push(stage) })
    expect(stages).toContain('holding 1: the SQL probe says: too busy')
    expect(await timesOf(database, 'calm')).toEqual(['1 x 300'])
  })

  test('is refused before anything is begun where it cannot work', async () => {
    const database = await createTestDatabase()
    await tableOf(database, 'one', 'id int PRIMARY KEY', 'SELECT n FROM generate_series(1, 9) n')
    await rowsOf(database, 'CREATE TABLE keyless (a int)')
    const codeOf = async (definition: Readonly<Record<string, unknown>>): Promise<string> =>
      (await failureOf(() => runData(database, stepOf('1', { check: 'SELECT id FROM one WHERE times = 0', ...definition })))).code
    expect(await codeOf({ table: 'gone', up: countUp('gone') })).toBe('DATA_TABLE_MISSING')
    expect(await codeOf({ table: 'keyless', up: countUp('keyless') })).toBe('DATA_KEY_MISSING')
    expect(await codeOf({ table: 'one', key: ['times'], up: countUp('one') })).toBe('DATA_KEY_UNUSABLE')
    expect(await codeOf({ table: 'one', up: countUp('one', ', id = -id') })).toBe('DATA_KEY_CHANGED')
    expect(await codeOf({ table: 'one', up: countUp('one', ', nosuch = 1') })).toBe('DATA_STATEMENT_INVALID')
    expect(await codeOf({ table: 'one', up: () => 'UPDAT one' })).toBe('DATA_STATEMENT_INVALID')
    expect(await codeOf({ table: 'one', up: () => 'COMMIT' })).toBe('DATA_TRANSACTION_ENDED')
    expect(await codeOf({ table: 'one', up: countUp('one'), check: 'SELECT times FROM one' })).toBe('DATA_CHECK_KEY')
    expect(await codeOf({ table: 'one', up: countUp('one'), check: 'DELETE FROM one' })).toBe('DATA_STATEMENT_INVALID')
    expect(await timesOf(database, 'one')).toEqual(['0 x 9'])
    expect(await rowsOf(database, 'SELECT count(*) FROM tide.data_step')).toEqual(['0'])
  })

  test('that leaves rows its check finds, or fails on every row, is never done', async () => {
    const database = await createTestDatabase()
    await tableOf(database, 'one', 'id int PRIMARY KEY', 'SELECT n FROM generate_series(1, 90) n')
    const down = (batch: (alias?: string) => string) => `UPDATE one SET times = times - 1 WHERE ${batch()}`
    const endless = stepOf('1', { table: 'one', up: countUp('one'), down, check: 'SELECT id FROM one WHERE id < 4' })
    const left = await failureOf(() => runData(database, endless))
    expect([left.code, left.details.why?.split('\n')[0]]).toEqual(['DATA_ROWS_QUARANTINED', expect.stringMatching(/^id \d: the check finds it still/)])
    // The second pass has kept nothing of what it changed again: the way back is of one change each.
    expect(await timesOf(database, 'one')).toEqual(['1 x 90'])
    const hopeless = stepOf('1', { table: 'one', up: countUp('one'), down, check: 'SELECT id FROM one' })
    expect((await failureOf(() => runData(database, hopeless))).code).toBe('DATA_CHECK_FAILED')
    expect(await timesOf(database, 'one')).toEqual(['1 x 90'])
    await runData(database, endless, { direction: 'down' })
    expect(await timesOf(database, 'one')).toEqual(['0 x 90'])
    // One that a second change would do is not changed again either, and the way back is whole.
    await execute(
      database,
      `CREATE TABLE two (id uuid, part text, PRIMARY KEY (id, part), times int NOT NULL);
      INSERT INTO two SELECT gen_random_uuid(), n::text, n % 9 / 8 FROM generate_series(1, 90) n`,
    )
    const few = stepOf('3', {
      table: 'two',
      up: countUp('two'),
      down: (batch: () => string) => `UPDATE two SET times = times - 1 WHERE ${batch()}`,
      check: 'SELECT id, part FROM two WHERE times < 2 AND part::int < 12',
    })
    expect((await failureOf(() => runData(database, few))).code).toBe('DATA_ROWS_QUARANTINED')
    expect(await timesOf(database, 'two')).toEqual(['1 x 80', '2 x 10'])
    await runData(database, few, { direction: 'down' })
    expect(await timesOf(database, 'two')).toEqual(['0 x 80', '1 x 10'])
    const wrong = stepOf('2', { table: 'one', up: countUp('one', ' / (id - id)'), check: 'SELECT id FROM one' })
    expect((await failureOf(() => runData(database, wrong))).code).toBe('DATA_STEP_FAILED')
    expect(await rowsOf(database, 'SELECT state FROM tide.data_step ORDER BY migration')).toEqual(['done', 'failed', 'done'])
  })

  test('over typed rows is refused where times of the key are finer than a Date', async () => {
    const database = await createTestDatabase()
    await execute(database, 'CREATE TABLE fine (at timestamptz(3), day date, exact timestamptz, PRIMARY KEY (at, day, exact))')
    const refusal = (...names: string[]) =>
      withConnection(database, async (connection) => {
        const key = names.map((name) => ({ name, type: 'timestamptz' }))
        const target = { schema: 'public', table: 'fine', sql: '"public"."fine"', key, pages: 0, estimatedRows: 0 }
        await requireReadableKey(connection, '1', target)
      })
    await refusal('at', 'day')
    expect(await failureOf(() => refusal('at', 'exact'))).toMatchObject({ code: 'DATA_KEY_TOO_FINE', details: { meta: { columns: ['exact'] } } })
  })

  test('goes on in another session where its own is cut in the middle of a batch', async () => {
    const database = await createTestDatabase()
    await tableOf(database, 'cut', 'id int PRIMARY KEY', 'SELECT n FROM generate_series(1, 6000) n')
    await using killer = Object.assign(await connect(database), { [Symbol.asyncDispose]: () => killer.end() })
    let batches = 0
    let cuts = 0
    const step = stepOf('1', { table: 'cut', up: countUp('cut'), check: 'SELECT id FROM cut WHERE times = 0' })
    const outcome = await runData(database, step, {
      workers: 3,
      report: () => {
        if (++batches % 2 !== 0 || cuts >= 6) return
        cuts++
        void killer.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE application_name = 'tide data' AND datname = current_database() ORDER BY random() LIMIT 2`)
      },
    })
    expect(outcome.rows).toBe(6000)
    expect(cuts).toBeGreaterThan(2)
    expect(await timesOf(database, 'cut')).toEqual(['1 x 6000'])
  })

  test('waits while it is paused, ends when it is cancelled, and takes back just what it did', async () => {
    const database = await createTestDatabase()
    await tableOf(database, 'held', 'id int PRIMARY KEY', 'SELECT n FROM generate_series(1, 5000) n')
    const step = stepOf('1_held', {
      table: 'held',
      up: countUp('held'),
      down: (batch: () => string) => `UPDATE held SET times = times - 1 WHERE ${batch()}`,
      check: 'SELECT id FROM held WHERE times = 0',
    })
    let orders: Promise<unknown> | undefined
    const report = (): void => {
      orders ??= orderStep(database, 'pause', '1')
        .then(() => orderStep(database, 'resume', undefined))
        .then(() => orderStep(database, 'cancel', '1_held'))
    }
    expect((await failureOf(() => runData(database, step, { workers: 1, report }))).code).toBe('DATA_CANCELLED')
    await orders
    expect((await failureOf(() => runData(database, step))).code).toBe('DATA_CANCELLED')
    expect((await failureOf(() => orderStep(database, 'pause', '1_held'))).code).toBe('DATA_STEP_STATE')
    expect((await failureOf(() => orderStep(database, 'pause', 'nosuch'))).code).toBe('DATA_STEP_UNKNOWN')
    await runData(database, step, { direction: 'down' })
    expect(await timesOf(database, 'held')).toEqual(['0 x 5000'])
    await runData(database, step)
    expect(await timesOf(database, 'held')).toEqual(['1 x 5000'])
  })
})

describe('a step that would do harm', () => {
  test('a statement without batch() is refused before anything happens; a deleted row that is to be restored, in its batch', async () => {
    const database = await createTestDatabase()
    await execute(database, 'CREATE TABLE few (id int PRIMARY KEY, n int); INSERT INTO few SELECT i, 0 FROM generate_series(1, 300) i')
    const check = 'SELECT id FROM few WHERE n = 0'
    const all = stepOf('1', { table: 'few', up: () => 'UPDATE few SET n = n + 1', down: { reason: 'x' }, check })
    expect(await failureOf(() => runData(database, all))).toMatchObject({ code: 'DATA_STATEMENT_INVALID' })
    const up = (batch: () => string): readonly string[] => [
      `DELETE FROM few WHERE ${batch()} AND id % 2 = 0`,
      `UPDATE few SET n = 1 WHERE ${batch()}`,
    ]
    const deletes = stepOf('2', { table: 'few', up, down: { restore: ['n'] }, check })
    expect((await failureOf(() => runData(database, deletes))).code).toBe('DATA_UNDO_DELETES')
    expect(await rowsOf(database, 'SELECT count(*), sum(n) FROM few')).toEqual(['300|0'])
  })

  test('a key that changes within a statement, and rows that come to the own table, are refused before they are kept', async () => {
    const database = await createTestDatabase()
    await execute(database, 'CREATE TABLE moved (id int PRIMARY KEY, n int); INSERT INTO moved SELECT i, 0 FROM generate_series(1, 300) i')
    const check = 'SELECT id FROM moved WHERE n = 0'
    const codeOf = async (up: (batch: () => string) => string) =>
      (await failureOf(() => runData(database, stepOf('1', { table: 'moved', up, check })))).code
    const codes = [
      await codeOf((batch) => `WITH u AS (UPDATE moved SET id = id + 1000, n = 1 WHERE ${batch()} RETURNING 1) SELECT count(*) FROM u`),
      await codeOf((batch) => `MERGE INTO moved USING (SELECT 1) s ON ${batch()} WHEN MATCHED THEN UPDATE SET id = moved.id + 1000`),
      await codeOf((batch) => `INSERT INTO moved SELECT id, n FROM moved WHERE ${batch()} ON CONFLICT (id) DO UPDATE SET id = moved.id + 1000`),
      await codeOf((batch) => `WITH d AS (DELETE FROM moved WHERE ${batch()} RETURNING id) INSERT INTO moved SELECT id + 1000, 1 FROM d`),
      await codeOf((batch) => `INSERT INTO moved SELECT id + 1000, 1 FROM moved WHERE ${batch()}`),
    ]
    expect(codes).toEqual(['DATA_KEY_CHANGED', 'DATA_KEY_CHANGED', 'DATA_KEY_CHANGED', 'DATA_ROWS_INSERTED', 'DATA_ROWS_INSERTED'])
    expect(await rowsOf(database, 'SELECT count(*), sum(n), max(id) FROM moved')).toEqual(['300|0|300'])

    const upsert = (batch: () => string): string =>
      `INSERT INTO moved SELECT id, 1 FROM moved WHERE ${batch()} ON CONFLICT (id) DO UPDATE SET n = moved.n + EXCLUDED.n`
    await runData(database, stepOf('2', { table: 'moved', up: upsert, check }))
    expect(await rowsOf(database, 'SELECT count(*), sum(n), max(id) FROM moved')).toEqual(['300|300|300'])
    // More rows than one where one is meant is the fault of a row.
    const twice = (batch: () => string): string =>
      `UPDATE moved SET n = (SELECT 2 FROM generate_series(1, CASE moved.id WHEN 77 THEN 2 ELSE 1 END)) WHERE ${batch()}`
    expect(await failureOf(() => runData(database, stepOf('3', { table: 'moved', up: twice, check: 'SELECT id FROM moved WHERE n = 1' })))).toMatchObject({
      code: 'DATA_ROWS_QUARANTINED',
      details: { meta: { rows: [{ key: 'id 77' }] } },
    })
  })
})

describe('a step of one transaction', () => {
  test('is done as a whole or not at all', async () => {
    const database = await createTestDatabase()
    await rowsOf(database, 'CREATE TABLE sums (n int)')
    const check = 'SELECT 1 WHERE (SELECT count(*) FROM sums) <> 1'
    const half = stepOf('1', { up: async ({ query }: Given) => query('INSERT INTO sums VALUES ($1), (2)', [1]), check })
    expect((await failureOf(() => runData(database, half))).code).toBe('DATA_CHECK_FAILED')
    const thrown = stepOf('1', {
      up: async ({ query }: Given) => {
        await query('INSERT INTO sums VALUES (1)')
        throw new RangeError('no')
      },
      check,
    })
    expect(await failureOf(() => runData(database, thrown))).toMatchObject({ code: 'DATA_STEP_FAILED' })
    const ended = stepOf('1', { up: async ({ query }: Given) => query('commit'), check })
    expect((await failureOf(() => runData(database, ended))).code).toBe('DATA_TRANSACTION_ENDED')
    expect(await rowsOf(database, 'SELECT count(*) FROM sums')).toEqual(['0'])

    const whole = stepOf('1', {
      up: async ({ query }: Given) => query('INSERT INTO sums VALUES (1)'),
      down: async ({ query }: Given) => query('DELETE FROM sums'),
      check,
    })
    await runData(database, whole)
    await runData(database, whole)
    expect(await rowsOf(database, 'SELECT count(*) FROM sums')).toEqual(['1'])
    await runData(database, whole, { direction: 'down' })
    expect(await withConnection(database, async (one) => (await one.query('SELECT FROM sums')).rowCount)).toBe(0)
  })
})
