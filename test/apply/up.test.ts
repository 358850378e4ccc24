import { describe, expect, test } from 'vitest'
import { down } from '../../src/apply/down.ts'
import { status } from '../../src/apply/status.ts'
import { up } from '../../src/apply/up.ts'
import { listArchives } from '../../src/history/archive/list-archives.ts'
import { checksumOf } from '../../src/history/checksum.ts'
import { readLedger } from '../../src/history/ledger.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import { parseDatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import { quoteIdentifier } from '../../src/postgres/quote.ts'
import { createTestRole } from '../support/database-role.ts'
import { createTestDatabase } from '../support/database.ts'
import { columnsOf, ledgerOf, relationsOf, rowsOf } from '../support/database-rows.ts'
import { failureOf } from '../support/failure.ts'
import { createHistory } from '../support/migrations.ts'

describe('up', () => {
  test('applies what is pending, in order, and then nothing', async () => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_a': 'CREATE TABLE a (id int)', '2_b': 'ALTER TABLE a ADD b int; SELECT 1' })

    const first = await up({ database, history: await history.read() })
    const second = await up({ database, history: await history.read() })

    expect(first.applied).toEqual(['1_a', '2_b'])
    expect(first.steps).toMatchObject([
      { migration: '1_a', step: 'schema', statements: 1, attempts: 1 },
      { migration: '2_b', step: 'schema', statements: 2, attempts: 1 },
    ])
    expect(second).toMatchObject({ applied: [], steps: [] })
  })

  test('stands in the schema of the URL and reads its ledger, whatever the role and the database set', async () => {
    const database = await createTestDatabase()
    const odd = ['search_path = odd, public', "datestyle = 'German'", "intervalstyle = 'sql_standard'", "timezone = 'Asia/Tokyo'", "bytea_output = 'escape'", 'extra_float_digits = -5']
    const role = await createTestRole(database, odd)
    await withConnection(database, (connection) =>
      connection.query(`CREATE SCHEMA odd AUTHORIZATION ${role.name}; GRANT CREATE ON SCHEMA public TO ${role.name};
        GRANT CREATE ON DATABASE ${quoteIdentifier(database.database)} TO ${role.name}`))
    const own = role.as(database)
    // The statements of a migration still see what the role sets.
    const a = `CREATE TABLE a (at text DEFAULT '2026-11-23'::date::text); INSERT INTO a VALUES (DEFAULT)`
    const files = createHistory({ '1_a': { up: `${a}; RESET search_path`, down: 'DROP TABLE a' }, '2_b': { up: 'CREATE TABLE b ()', down: 'DROP TABLE b' } })
    const history = await files.read()

    const { applied } = await up({ database: own, history })
    expect(await withConnection(database, (connection) => connection.query('SELECT at FROM public.a'))).toMatchObject({
      rows: [{ at: '23.11.2026' }],
    })
    expect(await relationsOf(database)).toContain('b')
    const { migrations } = await status({ database: own, history })
    const { rolledBack } = await down({ database: own, history, to: '0' })

    expect([applied, migrations.map(({ state }) => state), rolledBack]).toEqual([['1_a', '2_b'], ['applied', 'applied'], ['2_b', '1_a']])
    expect(await withConnection(own, listArchives)).toEqual([])
  })

  test('writes the ledger as Prisma does', async () => {
    const database = await createTestDatabase()
    const sql = '-- ünïcode\r\nCREATE TABLE a (id int);\r\nCREATE INDEX CONCURRENTLY i ON a (id);\r\n'
    const history = createHistory({ '1 with space': 'CREATE TABLE "1" ()', "2_it's \"quoted\" 🐘": sql })

    await up({ database, history: await history.read() })

    const rows = await withConnection(database, (connection) => readLedger(connection))
    expect(rows).toEqual([
      expect.objectContaining({ name: '1 with space', checksum: checksumOf('CREATE TABLE "1" ()'), appliedSteps: 1 }),
      expect.objectContaining({ name: "2_it's \"quoted\" 🐘", checksum: checksumOf(sql), appliedSteps: 1 }),
    ])
    for (const row of rows) {
      expect(row.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/)
      expect(row).not.toHaveProperty('logs')
      expect(row).not.toHaveProperty('rolledBackAt')
      expect(Date.parse(row.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(row.startedAt))
    }
  })

  test('leaves no journal where every migration is one commit group, and an empty one elsewhere', async () => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_a': 'CREATE TABLE a (id int)' })

    await up({ database, history: await history.read() })
    expect(await rowsOf(database, "SELECT to_regnamespace('tide')")).toEqual(['NULL'])

    await up({ database, history: await history.write({ '2_i': 'CREATE INDEX CONCURRENTLY i ON a (id)' }) })
    expect(await rowsOf(database, 'SELECT count(*) FROM tide.journal')).toEqual(['0'])
  })

  test('records an empty migration', async () => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_empty': '-- This is an empty migration.' })

    expect(await up({ database, history: await history.read() })).toMatchObject({
      applied: ['1_empty'],
      steps: [{ statements: 0 }],
    })
    expect((await withConnection(database, (connection) => readLedger(connection)))[0]?.finishedAt).toBeDefined()
  })

  test('runs what cannot run in a transaction, and an enum value in the same file that adds it', async () => {
    const database = await createTestDatabase()
    const history = createHistory({
      '1_a': "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE a (id int, m mood)",
      '2_b': `INSERT INTO a VALUES (1); ALTER TYPE mood ADD VALUE 'glad'; UPDATE a SET m = 'glad';
              CREATE INDEX CONCURRENTLY i ON a (id); DROP INDEX CONCURRENTLY i; VACUUM a; BEGIN; DELETE FROM a; COMMIT;`,
    })

    const result = await up({ database, history: await history.read() })

    expect(result.steps[1]).toMatchObject({ statements: 7 })
    expect(await rowsOf(database, 'SELECT count(*) FROM a')).toEqual(['0'])
  })

  test.each([
    ['the whole name', '2_second'],
    ['a beginning that only it has', '2'],
  ])('stops after the migration of --to, given by %s', async (_, to) => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_first': 'SELECT 1', '2_second': 'SELECT 1', '3_third': 'SELECT 1' })

    expect((await up({ database, history: await history.read(), to })).applied).toEqual(['1_first', '2_second'])
    expect((await up({ database, history: await history.read(), to })).applied).toEqual([])
  })

  test('names the migrations near an unknown --to, and those that share a beginning', async () => {
    const database = await createTestDatabase()
    const history = await createHistory({ '1_first': '', '1_fist': '', '2_users': '' }).read()

    const unknown = await failureOf(() => up({ database, history, to: 'users' }))
    expect(unknown.code).toBe('APPLY_NAME_UNKNOWN')
    expect(unknown.details.why).toBe('Near it: 2_users.')
    const ambiguous = await failureOf(() => up({ database, history, to: '1_' }))
    expect(ambiguous.code).toBe('APPLY_NAME_AMBIGUOUS')
    expect(ambiguous.details.why).toBe('1_first\n1_fist')
    expect((await failureOf(() => up({ database, history, to: '' }))).code).toBe('APPLY_NAME_UNKNOWN')
  })

  test('applies a migration that was merged late, and says so', async () => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_a': 'SELECT 1', '3_c': 'SELECT 1' })
    await up({ database, history: await history.read() })

    const result = await up({ database, history: await history.write({ '2_b': 'SELECT 1', '4_d': 'SELECT 1' }) })

    expect(result).toMatchObject({ applied: ['2_b', '4_d'], outOfOrder: ['2_b'] })
  })

  test('keeps the settings of one migration out of the next', async () => {
    const database = await createTestDatabase()
    const history = createHistory({
      '1_a': "CREATE SCHEMA other; SET search_path = ''; SET lock_timeout = '7s'; SET ROLE pg_monitor; RESET ROLE",
      '2_b': 'CREATE TABLE a (s text); INSERT INTO a SELECT current_setting(\'lock_timeout\')',
      '3_c': 'CREATE TEMP TABLE t (); PREPARE p AS SELECT 1; SET SESSION AUTHORIZATION pg_monitor; SET SESSION AUTHORIZATION DEFAULT',
      '4_d': 'CREATE TEMP TABLE t (); PREPARE p AS SELECT 1; CREATE TABLE d ()',
    })

    await up({ database, history: await history.read(), lockTimeoutMs: 321 })

    expect(await rowsOf(database, 'SELECT s FROM public.a')).toEqual(['321ms'])
  })

  test("lets a migration's own lock timeout and isolation level stand", async () => {
    const database = await createTestDatabase()
    const history = createHistory({
      '1_a': 'CREATE TABLE a (s text, i text)',
      '2_b': `BEGIN; SET LOCAL lock_timeout = '7s'; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
              INSERT INTO a SELECT current_setting('lock_timeout'), current_setting('transaction_isolation'); COMMIT;`,
      '3_c': `SELECT 1; BEGIN ISOLATION LEVEL SERIALIZABLE;
              INSERT INTO a SELECT '', current_setting('transaction_isolation'); COMMIT; CREATE TABLE c ()`,
    })

    await up({ database, history: await history.read() })

    expect(await rowsOf(database, 'SELECT * FROM a')).toEqual(['7s|repeatable read', '|serializable'])
  })

  test('keeps the lock where a migration discards its session', async () => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_a': 'DISCARD ALL', '2_b': locksInto('b') })

    await up({ database, history: await history.read() })

    expect(await rowsOf(database, 'SELECT * FROM b')).toEqual(['1'])
  })

  test('works in the schema of the URL', async () => {
    const plain = await createTestDatabase()
    const database = parseDatabaseUrl(`${revealUrl(plain)}?schema=${encodeURIComponent('my "app" 🐘')}`, 'the test')
    const history = createHistory({
      '1_a': 'CREATE TABLE a (id int)',
      '2_b': 'CREATE INDEX CONCURRENTLY i ON a (id); CREATE INDEX CONCURRENTLY ON a (id)',
    })

    await up({ database, history: await history.read() })

    expect(
      await rowsOf(plain, "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname ~ 'my' ORDER BY 1"),
    ).toEqual(['my "app" 🐘._prisma_migrations', 'my "app" 🐘.a'])
  })
})

describe('a migration that fails', () => {
  test('with its session says so, and the next run goes on', async () => {
    const database = await createTestDatabase()
    const kill = 'SELECT pg_terminate_backend(pg_backend_pid())'
    const history = createHistory({ '1_a': 'SELECT 1', '2_b': `CREATE TABLE b (); COMMIT; ${kill}` })

    const failure = await failureOf(async () => up({ database, history: await history.read() }))

    expect(failure.code).toBe('POSTGRES_CONNECTION_LOST')
    expect(failure.details.meta).toMatchObject({ applied: ['1_a'], failed: '2_b' })
    const corrected = await history.write({ '2_b': 'CREATE TABLE b (); COMMIT; SELECT 1' })
    expect((await up({ database, history: corrected })).applied).toEqual(['2_b'])
  })

  test('leaves nothing where it is one commit group, and works once it is corrected', async () => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_a': 'SELECT 1', '2_b': 'CREATE TABLE b ();\nSELECT 1/0', '3_c': 'SELECT 1' })

    const failure = await failureOf(async () => up({ database, history: await history.read() }))

    expect(failure.code).toBe('STATEMENT_FAILED')
    expect(failure.details.where).toMatchObject({ line: 2, column: 1 })
    expect(failure.details.why).toBe('Applied before it: 1_a. Stopped at: 2_b. Not tried: 3_c.')
    expect(failure.details.meta).toMatchObject({ applied: ['1_a'], failed: '2_b', notTried: ['3_c'] })
    expect(await relationsOf(database)).toEqual(['_prisma_migrations', '_prisma_migrations_pkey'])
    expect(await ledgerOf(database)).toEqual(['1_a|t|NULL'])

    const corrected = await history.write({ '2_b': 'CREATE TABLE b ()' })
    expect((await up({ database, history: corrected })).applied).toEqual(['2_b', '3_c'])
  })

  test('keeps the groups that are committed, and goes on after them once it is corrected', async () => {
    const database = await createTestDatabase()
    const kept = 'CREATE TABLE a (id int); CREATE INDEX CONCURRENTLY i ON a (id);'
    const history = createHistory({ '1_a': `${kept} ALTER TABLE a ADD x int; SELECT missing FROM a` })

    await failureOf(async () => up({ database, history: await history.read() }))

    expect(await ledgerOf(database)).toEqual([
      expect.stringMatching(/^1_a\|f\|PostgreSQL refused a statement .*column "missing" does not exist/),
    ])
    const corrected = await history.write({ '1_a': `-- corrected\n${kept} ALTER TABLE a ADD y int` })
    expect(await up({ database, history: corrected })).toMatchObject({ applied: ['1_a'], steps: [{ statements: 1 }] })
    expect(await ledgerOf(database)).toEqual(['1_a|t|NULL'])
    expect(await rowsOf(database, 'SELECT checksum FROM _prisma_migrations')).toEqual([corrected[0]?.checksum])
    expect(await columnsOf(database, 'a')).toEqual(['id', 'y'])
  })

  test('is refused where a committed statement was changed', async () => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_a': 'CREATE TABLE a (id int); CREATE INDEX CONCURRENTLY i ON a (nope)' })
    await failureOf(async () => up({ database, history: await history.read() }))

    const changed = await history.write({ '1_a': 'CREATE TABLE a (no int); CREATE INDEX CONCURRENTLY i ON a (no)' })

    expect((await failureOf(() => up({ database, history: changed }))).code).toBe('APPLY_RESUME_CHANGED')
    expect(await columnsOf(database, 'a')).toEqual(['id'])
  })

  test('may be cut down to what is committed', async () => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_a': 'CREATE TABLE a (id int); CREATE INDEX CONCURRENTLY i ON a (nope)' })
    await failureOf(async () => up({ database, history: await history.read() }))

    const cut = await history.write({ '1_a': 'CREATE TABLE a (id int);' })

    expect((await up({ database, history: cut })).applied).toEqual(['1_a'])
    expect(await ledgerOf(database)).toEqual(['1_a|t|NULL'])
    expect(await rowsOf(database, 'SELECT count(*) FROM tide.journal')).toEqual(['0'])
  })

  test('leaves no INVALID index and no row where the index was all there is', async () => {
    const database = await createTestDatabase()
    const history = createHistory({
      '1_a': "CREATE TABLE a (email text); INSERT INTO a VALUES ('x@y.z'), ('x@y.z')",
      '2_i': 'CREATE UNIQUE INDEX CONCURRENTLY i ON a (email)',
    })

    const failure = await failureOf(async () => up({ database, history: await history.read() }))

    expect(failure.details.fix).toContain('GROUP BY email HAVING count(*) > 1')
    expect(JSON.stringify(failure)).not.toContain('x@y.z')
    expect(await rowsOf(database, 'SELECT count(*) FROM pg_index WHERE NOT indisvalid')).toEqual(['0'])
    expect(await ledgerOf(database)).toEqual(['1_a|t|NULL'])

    await rowsOf(database, 'TRUNCATE a')
    expect((await up({ database, history: await history.read() })).applied).toEqual(['2_i'])
  })

  test('is told apart from what another tool settled since', async () => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_a': 'CREATE TABLE a (id int); CREATE INDEX CONCURRENTLY i ON a (nope)' })
    await failureOf(async () => up({ database, history: await history.read() }))

    // What `prisma migrate resolve --rolled-back` does, after the table was dropped by hand.
    await rowsOf(database, 'DROP TABLE a')
    await rowsOf(database, 'UPDATE _prisma_migrations SET rolled_back_at = now()')
    const corrected = await history.write({ '1_a': 'CREATE TABLE a (x int); CREATE INDEX CONCURRENTLY i ON a (x)' })

    expect((await up({ database, history: corrected })).applied).toEqual(['1_a'])
    expect(await rowsOf(database, 'SELECT count(*) FROM _prisma_migrations')).toEqual(['2'])
  })
})

/** Counts the advisory locks that the running session holds. */
function locksInto(table: string): string {
  return `CREATE TABLE ${table} AS SELECT count(*) FROM pg_locks
    WHERE pid = pg_backend_pid() AND locktype = 'advisory' AND objid = 72707369`
}
