import { describe, expect, test } from 'vitest'
import { connect, type Connection, withConnection } from '../../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../../src/postgres/database-url.ts'
import { inTransaction } from '../../../src/postgres/in-transaction.ts'
import { readTables } from '../../../src/postgres/tables/read-tables.ts'
import { claimTables } from '../../../src/seed/deliver/claim-tables.ts'
import { ensureSeedLedger } from '../../../src/seed/deliver/run-ledger.ts'
import { emptyTables } from '../../../src/seed/empty-tables.ts'
import { writeMarker } from '../../../src/seed/environments/marker.ts'
import { recordRun } from '../../../src/seed/record-run.ts'
import { applyReference } from '../../../src/seed/reference/apply-reference.ts'
import type { TableRules } from '../../../src/seed/rows/table-rules.ts'
import { prepareRun } from '../../../src/seed/prepare-run.ts'
import { seedRows, type SeedRowsInput } from '../../../src/seed/seed-rows.ts'
import { createTestDatabase } from '../../support/database.ts'
import { rowsOf } from '../../support/database-rows.ts'
import { createTestRole, type TestRole } from '../../support/database-role.ts'
import { failureOf } from '../../support/failure.ts'

/** Two tables, so that one is done where the other fails. */
const shop = `
  CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL UNIQUE, made timestamptz NOT NULL, price money, gone interval);
  CREATE TABLE posts (id serial PRIMARY KEY, user_id int NOT NULL REFERENCES users, title text NOT NULL);`

async function databaseWith(sql: string): Promise<DatabaseUrl> {
  const database = await createTestDatabase('seed')
  await change(database, sql)
  return database
}

async function change(database: DatabaseUrl, sql: string): Promise<void> {
  await withConnection(database, (connection) => connection.query(sql))
}

function inputFor(database: DatabaseUrl, more: Partial<SeedRowsInput> = {}): SeedRowsInput {
  const now = Date.UTC(2026, 0, 1)
  return { database, counts: new Map(), rows: 40, seed: 's', locale: 'en', now, isPinned: true, ...more }
}

async function contentOf(database: DatabaseUrl): Promise<readonly string[]> {
  return rowsOf(database, `SELECT u::text FROM users AS u UNION ALL SELECT p::text FROM posts AS p ORDER BY 1`)
}

/** What an undisturbed run gives. */
function undisturbed(): Promise<readonly string[]> {
  return (whole ??= databaseWith(shop).then(async (database) => {
    await seedRows(inputFor(database))
    return contentOf(database)
  }))
}

let whole: Promise<readonly string[]> | undefined

/** A session in which something else happens once, right after the first query that contains a text. */
function disturbed(connection: Connection, text: string, disturb: () => Promise<unknown>): Connection {
  let isDue = true
  const query = async (sql: string, values?: unknown[]) => {
    const result = await connection.query(sql, values)
    if (isDue && sql.includes(text)) {
      isDue = false
      await disturb()
    }
    return result
  }
  return Object.create(connection, { query: { value: query } }) as Connection
}

/** Until so many sessions of the database wait for an advisory lock. */
async function untilWaiting(connection: Connection, sessions: number): Promise<void> {
  const sql = `SELECT count(*)::int AS found FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  for (let found = -1; found < sessions; ) found = (await connection.query<{ found: number }>(sql)).rows[0]?.found ?? 0
}

/** All rights but those that are named, so that one lack is looked at. */
function grants({ name }: TestRole, ...revoked: readonly string[]): string {
  return [
    `GRANT ALL ON ALL TABLES IN SCHEMA public TO ${name}`,
    `GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO ${name}`,
    `GRANT CREATE ON DATABASE "{database}" TO ${name}`,
    ...revoked.map((one) => `REVOKE ${one} FROM ${name}`),
  ].join(';')
}

async function roleFor(database: DatabaseUrl, settings: readonly string[] = [], ...revoked: readonly string[]) {
  const role = await createTestRole(database, settings)
  await change(database, grants(role, ...revoked).replaceAll('{database}', database.database))
  return role
}

describe('a trigger that raises while the second table is filled', () => {
  const raise = (how: string): string => `
    CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${how}; RETURN NEW; END $$;
    CREATE TRIGGER guard BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION guard()`
  // The codes of conditions that a test cannot bring about on every machine, raised in the place of the server.
  const cases: readonly (readonly [string, string, string])[] = [
    ['a full disk', `RAISE 'could not extend file' USING ERRCODE = '53100'`, 'SEED_DISK_FULL'],
    ['too little memory', `RAISE 'out of memory' USING ERRCODE = '53200'`, 'SEED_LIMIT_REACHED'],
    ['a cancelled statement', `PERFORM pg_cancel_backend(pg_backend_pid())`, 'SEED_CANCELLED'],
    ['a lock', `RAISE 'canceling statement due to lock timeout' USING ERRCODE = '55P03'`, 'SEED_LOCKED'],
    ['an error of its own', `RAISE 'not on a Sunday'`, 'SEED_TRIGGER_RAISED'],
    ['an error of the server in it', `PERFORM 1 / 0`, 'SEED_TRIGGER_RAISED'],
    ['a shutdown', `PERFORM pg_terminate_backend(pg_backend_pid())`, 'SEED_SERVER_GONE'],
  ]
  test.each(cases)('%s: the first table stays, and the run goes on to the same bytes', async (_, how, code) => {
    const database = await databaseWith(`${shop} ${raise(how)}`)
    const failure = await failureOf(() => seedRows(inputFor(database)))
    expect(failure).toMatchObject({ code, details: { fix: expect.stringContaining(' ') as string } })
    expect(`${failure.message} ${failure.details.why ?? ''}`).toContain('public.posts was filled')
    expect(await rowsOf(database, 'SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM posts)')).toEqual(['40|0'])
    await change(database, 'DROP TRIGGER guard ON posts')
    expect((await seedRows(inputFor(database))).tables.map(({ state }) => state)).toEqual(['unchanged', 'filled'])
    expect(await contentOf(database)).toEqual(await undisturbed())
  })

  test('the function is named, with the triggers on the table', async () => {
    const database = await databaseWith(`${shop} ${raise(`RAISE 'not on a Sunday'`)}`)
    const { message, details } = await failureOf(() => seedRows(inputFor(database)))
    expect(message).toBe('The function guard() raised an error while public.posts was filled.')
    expect(details.why).toContain('not on a Sunday (SQLSTATE P0001). Triggers on INSERT: guard.')
  })
})

test('a real limit of the server: too large a temporary file', async () => {
  const database = await databaseWith(`${shop}
    CREATE FUNCTION heavy() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM count(*) FROM (SELECT g FROM generate_series(1, 200000) AS g ORDER BY g DESC OFFSET 1) AS s; RETURN NULL; END $$;
    CREATE TRIGGER heavy AFTER INSERT ON users FOR EACH STATEMENT EXECUTE FUNCTION heavy()`)
  const role = await roleFor(database)
  await change(database, `ALTER ROLE ${role.name} SET temp_file_limit = '64kB'; ALTER ROLE ${role.name} SET work_mem = '64kB'`)
  const failure = await failureOf(() => seedRows(inputFor(role.as(database))))
  expect(failure).toMatchObject({ code: 'SEED_LIMIT_REACHED', details: { why: expect.stringContaining('temp_file_limit') as string } })
  expect(await contentOf(database)).toEqual([])
})

describe('a permission that lacks', () => {
  test.each([
    ['the table', 'INSERT ON posts', 'permission denied for table posts', 40],
    ['reading it', 'SELECT ON users', 'permission denied for table users', 0],
    ['its sequence', 'ALL ON SEQUENCE posts_id_seq', 'permission denied for sequence posts_id_seq', 40],
    ['the schema tide', 'CREATE ON DATABASE "{database}"', 'permission denied for database', 0],
  ])('%s', async (_, revoked, reason, users) => {
    const database = await databaseWith(shop)
    const role = await roleFor(database, [], revoked)
    const failure = await failureOf(() => seedRows(inputFor(role.as(database))))
    expect(failure.code).toBe('SEED_NOT_PERMITTED')
    expect(failure.message).toContain(reason)
    expect(await rowsOf(database, 'SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM posts)')).toEqual([`${users}|0`])
    await change(database, grants(role).replaceAll('{database}', database.database))
    await seedRows(inputFor(role.as(database)))
    expect(await contentOf(database)).toEqual(await undisturbed())
  })

  test('a schema that the role may not use is not found in the catalog either', async () => {
    const database = await databaseWith(`CREATE SCHEMA shut; CREATE TABLE shut.t (id int PRIMARY KEY)`)
    const role = await roleFor(database)
    const failure = await failureOf(() => seedRows(inputFor(role.as(database))))
    expect(failure.code).toBe('SEED_NOT_PERMITTED')
    expect(failure.message).toContain('schema shut')
  })
})

describe('row-level security that is forced', () => {
  const secured = (policies: string): string =>
    `${shop} ALTER TABLE users ENABLE ROW LEVEL SECURITY; ALTER TABLE users FORCE ROW LEVEL SECURITY; ${policies}`

  test('rows that no policy lets in', async () => {
    const database = await databaseWith(secured('CREATE POLICY few ON users USING (id > 0) WITH CHECK (id < 5)'))
    const role = await roleFor(database)
    const failure = await failureOf(() => seedRows(inputFor(role.as(database))))
    expect(failure).toMatchObject({ code: 'SEED_ROW_SECURITY', message: expect.stringContaining('public.users') as string })
    expect(await contentOf(database)).toEqual([])
  })

  test('rows that a policy hides: nothing stays, since nothing could be told of them', async () => {
    const database = await databaseWith(
      secured('CREATE POLICY put ON users FOR INSERT WITH CHECK (true); CREATE POLICY see ON users FOR SELECT USING (id <= 10)'),
    )
    const role = await roleFor(database)
    const failure = await failureOf(() => seedRows(inputFor(role.as(database))))
    expect(failure).toMatchObject({ code: 'SEED_ROWS_HIDDEN', details: { meta: { hidden: 30, rows: 40 } } })
    expect(await contentOf(database)).toEqual([])
  })

  test('rows that were hidden before are named where they are in the way', async () => {
    const policies = 'CREATE POLICY put ON users FOR INSERT WITH CHECK (true); CREATE POLICY see ON users FOR SELECT USING (price IS NULL OR price < 0::money)'
    const database = await databaseWith(`${secured(policies)}; INSERT INTO users VALUES (3, 'own@example.com', now(), 1)`)
    const role = await roleFor(database)
    const failure = await failureOf(() => seedRows(inputFor(role.as(database))))
    expect(failure).toMatchObject({ code: 'SEED_ROW_REFUSED', details: { why: expect.stringContaining('may hide rows') as string } })
  })

  test('a policy that lets everything through gives the same bytes', async () => {
    const database = await databaseWith(secured('CREATE POLICY every ON users USING (true)'))
    const role = await roleFor(database)
    const { tables } = await seedRows(inputFor(role.as(database)))
    expect(tables[0]?.notes).toEqual([expect.stringContaining('row-level security')])
    expect(await contentOf(database)).toEqual(await undisturbed())
    // Who seeds is no part of what is seeded.
    expect((await seedRows(inputFor(database))).rows).toBe(0)
  })

  test('an update that closes a cycle and sees no row', async () => {
    const database = await databaseWith(`CREATE TABLE a (id int PRIMARY KEY, b_id int); CREATE TABLE b (id int PRIMARY KEY, a_id int NOT NULL REFERENCES a);
      ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b; ALTER TABLE a ENABLE ROW LEVEL SECURITY;
      CREATE POLICY put ON a FOR INSERT WITH CHECK (true); CREATE POLICY see ON a FOR SELECT USING (true)`)
    const role = await roleFor(database)
    const failure = await failureOf(() => seedRows(inputFor(role.as(database))))
    expect(failure).toMatchObject({ code: 'SEED_ROWS_HIDDEN', details: { meta: { table: 'public.a' } } })
    expect(await rowsOf(database, 'SELECT (SELECT count(*) FROM a) + (SELECT count(*) FROM b)')).toEqual(['0'])
  })
})

test('a session that may only read is told so before anything is written', async () => {
  const database = await databaseWith(shop)
  const role = await roleFor(database, ['default_transaction_read_only = on'])
  expect((await failureOf(() => seedRows(inputFor(role.as(database))))).code).toBe('SEED_READ_ONLY')
  expect(await rowsOf(database, `SELECT to_regnamespace('tide') IS NULL`)).toEqual(['t'])
})

test('the defaults of a role change no byte, and no time limit of it ends a run', async () => {
  const hostile = [
    `TimeZone = 'Pacific/Apia'`,
    `DateStyle = 'German'`,
    `IntervalStyle = 'sql_standard'`,
    'standard_conforming_strings = off',
    `search_path = ''`,
    'extra_float_digits = -15',
    `bytea_output = 'escape'`,
    `client_encoding = 'LATIN1'`,
    'row_security = off',
    `default_transaction_isolation = 'serializable'`,
    'statement_timeout = 200',
    'idle_in_transaction_session_timeout = 200',
  ]
  const slow = `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.25); RETURN NULL; END $$;
    CREATE TRIGGER slow AFTER INSERT ON posts FOR EACH STATEMENT EXECUTE FUNCTION slow();`
  const types = `CREATE TABLE odd (id timestamptz PRIMARY KEY, f float8 NOT NULL, b bytea NOT NULL, d date NOT NULL, r tstzrange NOT NULL,
      a text[] NOT NULL CHECK (a[1] IS NULL OR md5(a[1]) <> '\\\\x'));
    CREATE TABLE points (id int PRIMARY KEY, odd_id timestamptz NOT NULL REFERENCES odd, CHECK (md5(odd_id::text) <> ''));`
  const content = (database: DatabaseUrl): Promise<readonly string[]> =>
    rowsOf(database, 'SELECT o::text FROM odd AS o UNION ALL SELECT p::text FROM points AS p ORDER BY 1')
  const [plain, hard] = [await databaseWith(shop + types), await databaseWith(shop + slow + types)]
  const role = await roleFor(hard, hostile)
  // The parents first, so that their keys are read back as texts.
  const counts = new Map([['public.points', { rows: 0 }]])
  for (const database of [plain, role.as(hard)]) {
    await seedRows(inputFor(database, { counts }))
    await seedRows(inputFor(database, { rows: 0, counts: new Map([['public.points', { rows: 30 }]]) }))
  }
  expect(await contentOf(hard)).toEqual(await contentOf(plain))
  expect(await content(hard)).toEqual(await content(plain))
  expect((await seedRows(inputFor(role.as(hard), { counts }))).rows).toBe(0)
})

describe('triggers that act', () => {
  test('rows that a trigger takes away are told, and are not made again', async () => {
    const database = await databaseWith(`CREATE TABLE odds (id int PRIMARY KEY, note text);
      CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN CASE WHEN NEW.id % 2 = 1 THEN NEW END; END';
      CREATE TRIGGER odd BEFORE INSERT ON odds FOR EACH ROW EXECUTE FUNCTION odd()`)
    const { tables } = await seedRows(inputFor(database))
    expect(tables).toMatchObject([{ rows: 20, notes: [expect.stringContaining('trigger odd'), '20 of 40 rows were taken away by a trigger or a rule'] }])
    expect((await seedRows(inputFor(database))).tables).toMatchObject([{ rows: 20, state: 'unchanged' }])
  })

  test('rows that a trigger takes away altogether', async () => {
    const database = await databaseWith(`CREATE TABLE nobody (id int PRIMARY KEY);
      CREATE FUNCTION nobody() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER nobody BEFORE INSERT ON nobody FOR EACH ROW EXECUTE FUNCTION nobody()`)
    expect((await seedRows(inputFor(database))).tables).toMatchObject([{ rows: 0, state: 'filled' }])
    expect((await seedRows(inputFor(database))).tables).toMatchObject([{ rows: 0, state: 'unchanged' }])
  })
})

describe('a trigger that writes rows into another table that is filled', () => {
  const audited = `${shop} CREATE TABLE zeta (id serial PRIMARY KEY, what text NOT NULL);
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO zeta (what) VALUES (''by trigger''); RETURN NULL; END';
    CREATE TRIGGER note AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION note();`
  const zeta = 'SELECT count(*), count(*) FILTER (WHERE id <= 40), md5(string_agg(z::text, id::text ORDER BY id)) FROM zeta AS z'

  test('keeps to numbers behind those of the run, also where it was stopped in between', async () => {
    const [whole, halved] = [await databaseWith(audited), await databaseWith(audited)]
    await seedRows(inputFor(whole))
    const stop = new AbortController()
    const report: SeedRowsInput['report'] = ({ detail }) => {
      if (detail === 'public.users') stop.abort()
    }
    expect((await failureOf(() => seedRows(inputFor(halved, { signal: stop.signal, report })))).code).toBe('SEED_INTERRUPTED')
    expect(await rowsOf(halved, 'SELECT count(*), min(id) FROM zeta')).toEqual(['40|41'])
    await seedRows(inputFor(halved))
    expect((await rowsOf(whole, zeta))[0]).toMatch(/^80\|40\|/)
    expect(await rowsOf(halved, zeta)).toEqual(await rowsOf(whole, zeta))
  })
})

test('a rule and a persona whose values a constraint refuses are named, and only then', async () => {
  const database = await databaseWith(`${shop} ALTER TABLE posts ADD CHECK (length(title) < 900)`)
  const same = { name: 'rule:1', after: [], distinct: true, make: () => 'same@example.com' }
  const rulesOf = (rules: TableRules): Partial<SeedRowsInput> => ({ rules: new Map([['public.users', rules]]) })
  const ruled = await failureOf(() => seedRows(inputFor(database, rulesOf({ generators: new Map([['email', same]]) }))))
  expect(ruled).toMatchObject({ code: 'SEED_ROW_REFUSED', details: { meta: { rules: ['public.users.email'] } } })
  expect(ruled.details.fix).toContain('Look at the rule for public.users.email in seed/generators')
  const twice = [new Map([['email', 'a@example.com']]), new Map([['email', 'a@example.com']])]
  const given = await failureOf(() => seedRows(inputFor(database, rulesOf({ rows: twice }))))
  expect(given.details.fix).toContain('Look at the persona that gives public.users.email in seed/personas')
  const late = { name: 'rule:2', after: [], make: () => null }
  const other = await failureOf(() =>
    seedRows(inputFor(database, rulesOf({ generators: new Map([['made', late]]) }))),
  )
  expect(other.details.meta).toMatchObject({ constraint: 'made', rules: ['public.users.made'] })
})

describe('two runs at once', () => {
  test('one fills, the other waits and finds the tables done', async () => {
    const database = await databaseWith(shop)
    const runs = await Promise.all([seedRows(inputFor(database)), seedRows(inputFor(database))])
    expect(runs.map(({ rows }) => rows).reduce((sum, rows) => sum + rows, 0)).toBe(80)
    expect(await contentOf(database)).toEqual(await undisturbed())
  })

  test('while a run is planned another waits, and then finds the tables done', async () => {
    const database = await databaseWith(shop)
    const other = await connect(database)
    await withConnection(database, async (connection) => {
      await ensureSeedLedger(connection)
      const runs: Promise<unknown>[] = []
      const begin = async (): Promise<void> => {
        runs.push(seedRows(inputFor(database)))
        await untilWaiting(other, 1)
      }
      const planned = await prepareRun(disturbed(connection, 'FROM tide.seed_run', begin), inputFor(database))
      await Promise.all(runs)
      expect(planned.plan.tables.map(({ key, offset }) => [key, offset])).toEqual([['public.users', 0], ['public.posts', 0]])
    })
    await other.end()
    expect(await seedRows(inputFor(database))).toMatchObject({ rows: 0 })
  })

  test('a run that took the rows of the other for those of strangers finds what they are', async () => {
    const database = await databaseWith(shop)
    await withConnection(database, async (connection) => {
      const { run, plan } = await prepareRun(connection, inputFor(database))
      await seedRows(inputFor(database))
      const tables = plan.tables.map((table) => ({ ...table, offset: 40 }))
      expect([...(await claimTables(connection, run, tables, []))]).toEqual([['public.users', 40], ['public.posts', 40]])
    })
  })

  test('a run whose tables another empties on the way stops, and the same again makes all of it', async () => {
    const database = await databaseWith(`${shop}
      CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END';
      CREATE TRIGGER wait AFTER INSERT ON users FOR EACH STATEMENT EXECUTE FUNCTION wait()`)
    const [held, other] = await Promise.all([connect(database), connect(database)])
    await held.query('SELECT pg_advisory_lock(1)')
    const run = seedRows(inputFor(database)).then(() => undefined, (error: unknown) => error)
    await untilWaiting(held, 1)
    const facts = await readTables(other)
    const emptied = inTransaction(other, () => emptyTables(other, facts))
    await untilWaiting(held, 2)
    await held.query('SELECT pg_advisory_unlock(1)')
    await emptied
    expect(await run).toMatchObject({ code: 'SEED_TABLES_EMPTIED', details: { meta: { tables: ['public.users'] } } })
    await Promise.all([held.end(), other.end()])
    expect(await contentOf(database)).toEqual([])
    await seedRows(inputFor(database))
    expect(await contentOf(database)).toEqual(await undisturbed())
  })

  test('the records are made once, whoever asks for them first', async () => {
    const database = await databaseWith(shop)
    const one = { environment: 'dev', models: [], rows: 0, changedByHand: [], overwritten: false, dryRun: false, ms: 1 }
    await Promise.all([
      withConnection(database, (session) => ensureSeedLedger(session)),
      withConnection(database, (session) => recordRun(session, one, 's', 0)),
      withConnection(database, (session) => writeMarker(session, 'dev')),
      withConnection(database, (session) => applyReference(session, [], { now: 0, overwrite: false, dryRun: false })),
    ])
    const made = `SELECT relname FROM pg_class WHERE relnamespace = 'tide'::regnamespace AND relkind = 'r' ORDER BY 1`
    expect(await rowsOf(database, made)).toEqual(['environment', 'reference_row', 'seed_history', 'seed_run', 'seed_table'])
  })

  test('rows that somebody else writes on the way, with numbers of the run, are not written over', async () => {
    const database = await databaseWith(`${shop} CREATE TABLE zeta (id int PRIMARY KEY);
      CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO zeta VALUES (7); RETURN NULL; END';
      CREATE TRIGGER late AFTER INSERT ON users FOR EACH STATEMENT EXECUTE FUNCTION late()`)
    const order = (await seedRows(inputFor(await databaseWith(`${shop} CREATE TABLE zeta (id int PRIMARY KEY)`)))).tables
    expect(order.map(({ table }) => table).indexOf('public.zeta')).toBeGreaterThan(0)
    const failure = await failureOf(() => seedRows(inputFor(database)))
    expect(failure).toMatchObject({ code: 'SEED_TABLE_CHANGED', details: { meta: { table: 'public.zeta' } } })
    await seedRows(inputFor(database))
    expect(await rowsOf(database, 'SELECT count(*), min(id), max(id) FROM zeta')).toEqual(['41|7|47'])
  })
})
