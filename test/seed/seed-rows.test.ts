import { describe, expect, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { readDataModel } from '../../src/prisma/data-model.ts'
import { seedRows, type SeedRowsInput } from '../../src/seed/seed-rows.ts'
import { createTestDatabase } from '../support/database.ts'
import { failureOf } from '../support/failure.ts'
import { queryRows as rowsOf } from '../support/query-rows.ts'

const shop = `
  CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL UNIQUE);
  CREATE TABLE posts (id serial PRIMARY KEY, user_id int NOT NULL REFERENCES users, title text NOT NULL);
  CREATE TABLE notes (id serial PRIMARY KEY, post_id int REFERENCES posts, body text NOT NULL);`

async function databaseWith(sql: string): Promise<DatabaseUrl> {
  const database = await createTestDatabase('seed')
  await withConnection(database, (connection) => connection.query(sql))
  return database
}

function queryRows(database: DatabaseUrl, query: string): Promise<readonly string[]> {
  return withConnection(database, (connection) => rowsOf(connection, query))
}

function inputFor(database: DatabaseUrl, more: Partial<SeedRowsInput> = {}): SeedRowsInput {
  return {
    database,
    counts: new Map(),
    rows: 50,
    seed: 's',
    locale: 'en',
    now: Date.UTC(2026, 0, 1),
    isPinned: true,
    ...more,
  }
}

describe('seedRows', () => {
  test('a comment of the schema says what a column holds', async () => {
    const database = await databaseWith('CREATE TABLE "Doc" (id int PRIMARY KEY, reference text NOT NULL)')
    const text = 'model Doc {\n  id Int @id\n  /// @seed(iban)\n  reference String\n}\n'
    await seedRows(inputFor(database, { model: readDataModel([{ path: 'schema.prisma', text }]) }))
    const rows = await queryRows(database, 'SELECT reference FROM "Doc"')
    expect(rows).toHaveLength(50)
    for (const row of rows) expect(row).toMatch(/[A-Z]{2}[0-9]{2}[0-9A-Z ]{8,}/)
  })

  test('a second run with the same input changes nothing and says so', async () => {
    const database = await databaseWith(shop)
    const first = await seedRows(inputFor(database))
    const before = await queryRows(database, 'SELECT * FROM notes ORDER BY id')
    const second = await seedRows(inputFor(database))
    expect(first.tables.map(({ state }) => state)).toEqual(['filled', 'filled', 'filled'])
    expect(second).toMatchObject({
      rows: 0,
      tables: [{ state: 'unchanged' }, { state: 'unchanged' }, { state: 'unchanged' }],
    })
    expect(await queryRows(database, 'SELECT * FROM notes ORDER BY id')).toEqual(before)
  })

  test('sets sequences behind the rows', async () => {
    const database = await databaseWith(shop)
    await seedRows(inputFor(database))
    expect(await queryRows(database, `INSERT INTO users (email) VALUES ('a@example.com') RETURNING id`)).toEqual(['51'])
  })

  test('a run that is stopped leaves whole tables, and goes on where it was', async () => {
    const database = await databaseWith(shop)
    const stop = new AbortController()
    const report: SeedRowsInput['report'] = ({ detail }) => {
      if (detail === 'public.posts') stop.abort()
    }
    const failure = await failureOf(() => seedRows(inputFor(database, { rows: 2500, signal: stop.signal, report })))
    expect(failure.code).toBe('SEED_INTERRUPTED')
    const counts = 'SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM posts), (SELECT count(*) FROM notes)'
    expect(await queryRows(database, counts)).toEqual(['2500|0|0'])
    const resumed = await seedRows(inputFor(database, { rows: 2500 }))
    expect(resumed.tables.map(({ state }) => state)).toEqual(['unchanged', 'filled', 'filled'])
    expect(await queryRows(database, counts)).toEqual(['2500|2500|2500'])
  })

  test('a table that was added is filled, the others stay; also where the clock rolls', async () => {
    const database = await databaseWith(shop)
    const rolling = { isPinned: false, now: Date.UTC(2026, 0, 1) }
    await seedRows(inputFor(database, rolling))
    const standing = 'SELECT (SELECT md5(string_agg(u::text, chr(10) ORDER BY id)) FROM users u), (SELECT md5(string_agg(n::text, chr(10) ORDER BY id)) FROM notes n)'
    const before = await queryRows(database, standing)
    await withConnection(database, (connection) =>
      connection.query('CREATE TABLE likes (id serial PRIMARY KEY, user_id int NOT NULL REFERENCES users, created_at timestamptz NOT NULL)'),
    )
    const later = inputFor(database, { ...rolling, now: Date.UTC(2026, 5, 1) })
    const states = async (): Promise<readonly string[]> =>
      (await seedRows(later)).tables.map(({ table, state }) => `${table} ${state}`).sort()
    expect(await states()).toEqual(['public.likes filled', 'public.notes unchanged', 'public.posts unchanged', 'public.users unchanged'])
    expect(await queryRows(database, standing)).toEqual(before)
    expect(await queryRows(database, 'SELECT count(*), count(DISTINCT user_id) > 5, max(created_at) < $$2026-01-02$$ FROM likes')).toEqual(['50|t|t'])
    expect(await states()).toEqual(['public.likes unchanged', 'public.notes unchanged', 'public.posts unchanged', 'public.users unchanged'])
  })

  test('a column that was added makes other rows of its table, and of those that point to it: refused, with the way out', async () => {
    const database = await databaseWith(shop)
    await seedRows(inputFor(database))
    await withConnection(database, (connection) =>
      connection.query('ALTER TABLE posts ADD views int; CREATE TABLE likes (id serial PRIMARY KEY, user_id int NOT NULL REFERENCES users)'),
    )
    const failure = await failureOf(() => seedRows(inputFor(database)))
    expect(failure).toMatchObject({
      code: 'SEED_FILLED_OTHERWISE',
      details: { meta: { tables: ['public.notes', 'public.posts'], empty: ['public.likes'] } },
    })
    expect(failure.details.fix).toContain('--models public.likes')
  })

  test('lines that came later would change the totals of orders that are there', async () => {
    const database = await databaseWith('CREATE TABLE orders (id serial PRIMARY KEY, total numeric(10,2) NOT NULL);')
    await seedRows(inputFor(database))
    await withConnection(database, (connection) =>
      connection.query('CREATE TABLE order_items (id serial PRIMARY KEY, order_id int NOT NULL REFERENCES orders, quantity int NOT NULL, price numeric(10,2) NOT NULL)'),
    )
    const failure = await failureOf(() => seedRows(inputFor(database)))
    expect(failure).toMatchObject({
      code: 'SEED_FILLED_OTHERWISE',
      details: { meta: { tables: ['public.orders'], empty: ['public.order_items'] } },
    })
    expect(await queryRows(database, 'SELECT count(*) FROM order_items')).toEqual(['0'])
  })

  test.each([
    ['public.posts', 'user_id', 'belongs to a relation'],
    ['public.posts', 'id', 'counts its rows'],
  ])('a rule for %s.%s would be passed over, and is refused', async (table, column, reason) => {
    const database = await databaseWith(shop)
    const rule = { name: 'rule:one', after: [], make: () => '1' }
    const rules = new Map([[table, { generators: new Map([[column, rule]]) }]])
    const failure = await failureOf(() => seedRows(inputFor(database, { rules })))
    expect([failure.code, failure.details.why]).toEqual(['SEED_RULE_UNUSED', expect.stringContaining(reason)])
    expect(await queryRows(database, 'SELECT count(*) FROM users')).toEqual(['0'])
  })

  test('rows of the run that were deleted since are told as such; an empty table is filled again', async () => {
    const database = await databaseWith('CREATE TABLE notes (id serial PRIMARY KEY, text text)')
    await seedRows(inputFor(database))
    const before = await queryRows(database, 'SELECT id, text FROM notes ORDER BY id')
    await queryRows(database, 'DELETE FROM notes WHERE id < 5')
    const failure = await failureOf(() => seedRows(inputFor(database)))
    expect([failure.code, failure.details.meta]).toEqual(['SEED_ROWS_GONE', { tables: ['public.notes'] }])
    await queryRows(database, 'DELETE FROM notes')
    await seedRows(inputFor(database))
    expect(await queryRows(database, 'SELECT id, text FROM notes ORDER BY id')).toEqual(before)
  })

  test('other counts on filled tables are refused', async () => {
    const database = await databaseWith(shop)
    await seedRows(inputFor(database))
    expect((await failureOf(() => seedRows(inputFor(database, { rows: 60 })))).code).toBe('SEED_FILLED_OTHERWISE')
  })

  test('rows that somebody else put there stay, and new ones come after their numbers', async () => {
    const database = await databaseWith(`${shop} INSERT INTO users VALUES (500, 'own@example.com')`)
    await seedRows(inputFor(database))
    expect(await queryRows(database, 'SELECT count(*), min(id), max(id) FROM users')).toEqual(['51|500|550'])
  })

  test('parents that are not filled are read, only their keys', async () => {
    const database = await databaseWith(
      `${shop} INSERT INTO users SELECT n, n || '@example.com' FROM generate_series(7, 9) AS n`,
    )
    await seedRows(inputFor(database, { rows: 0, counts: new Map([['public.posts', { rows: 30 }]]) }))
    expect(await queryRows(database, 'SELECT count(*), min(user_id), max(user_id) FROM posts')).toEqual(['30|7|9'])
  })

  test('checks that only the database understands: each gets its own columns right, also those of domains', async () => {
    const database = await databaseWith(`
      CREATE DOMAIN code AS text CHECK (md5(VALUE) < '6');
      CREATE TABLE tried (id int PRIMARY KEY, low int NOT NULL, high int NOT NULL CHECK (low < high), one int NOT NULL CHECK (md5(one::text) < '2'),
        two text NOT NULL CHECK (md5(two) < '2'), three code NOT NULL, four code[] NOT NULL, CHECK (md5(high::text) < '2'))`)
    const [table] = (await seedRows(inputFor(database, { rows: 30 }))).tables
    expect(table?.rows).toBe(30)
    expect(await queryRows(database, `SELECT count(*), count(*) FILTER (WHERE four <> '{}') > 5 FROM tried`)).toEqual(['30|t'])
  })

  test('domains inside composite types, and a tree within a key of three columns', async () => {
    const database = await databaseWith(`
      CREATE DOMAIN floor_number AS int NOT NULL CHECK (VALUE BETWEEN 1 AND 9);
      CREATE TYPE place AS (street text, floor floor_number);
      CREATE TYPE house AS (place place, name varchar(4));
      CREATE TABLE homes (id int PRIMARY KEY, home place NOT NULL, other house NOT NULL, more place[] NOT NULL);
      CREATE TABLE teams (org int, dept int, id int, PRIMARY KEY (org, dept, id));
      CREATE TABLE staff (org int, dept int, team int, id int, boss int, PRIMARY KEY (org, dept, team, id),
        FOREIGN KEY (org, dept, team) REFERENCES teams, FOREIGN KEY (org, dept, team, boss) REFERENCES staff)`)
    expect((await seedRows(inputFor(database))).rows).toBe(150)
    expect(await queryRows(database, 'SELECT count(boss) > 5 FROM staff')).toEqual(['t'])
    expect(await queryRows(database, `SELECT count(DISTINCT (home).floor) > 5, count(*) FILTER (WHERE more <> '{}') > 5 FROM homes`)).toEqual(['t|t'])
  })

  test('unique names are words as long as there are enough of them, also in short columns', async () => {
    const database = await databaseWith(
      'CREATE TABLE tags (id int PRIMARY KEY, name text NOT NULL UNIQUE, title varchar(12) NOT NULL UNIQUE, country char(2) NOT NULL UNIQUE)',
    )
    await seedRows(inputFor(database, { rows: 28 }))
    expect(await queryRows(database, `SELECT count(*) FROM tags WHERE name || title ~ '[0-9]'`)).toEqual(['0'])
    expect(await queryRows(database, `SELECT count(*) > 0 FROM tags WHERE country IN ('DE', 'FR', 'US')`)).toEqual(['t'])
  })

  test('a tenant of rows whose relations are all optional', async () => {
    const database = await databaseWith(`
      CREATE TABLE users (tenant int, id int, PRIMARY KEY (tenant, id));
      CREATE TABLE posts (tenant int, id int, parent int, author int, PRIMARY KEY (tenant, id),
        FOREIGN KEY (tenant, parent) REFERENCES posts);
      CREATE TABLE notes (id int PRIMARY KEY, tenant int NOT NULL, author int, FOREIGN KEY (tenant, author) REFERENCES users)`)
    expect((await seedRows(inputFor(database))).rows).toBe(150)
    const found = 'count(*) FILTER (WHERE parent IS NULL) > 3, count(DISTINCT tenant) > 3, count(parent) > 20'
    expect(await queryRows(database, `SELECT ${found} FROM posts`)).toEqual(['t|t|t'])
    expect(await queryRows(database, 'SELECT count(author) BETWEEN 30 AND 49 FROM notes')).toEqual(['t'])
  })

  test('what a check wants later than now() is so by the clock of the server, whatever day the rows are of', async () => {
    const database = await databaseWith(`CREATE TABLE offers (id int PRIMARY KEY, ends_on date NOT NULL CHECK (ends_on > now()),
      seen_at timestamptz NOT NULL CHECK (seen_at > now() - interval '30 days'), made_at timestamptz NOT NULL CHECK (made_at <= now()))`)
    expect((await seedRows(inputFor(database, { now: Date.UTC(2020, 0, 1) }))).rows).toBe(50)
  })

  test('two rows of one tenant that must differ', async () => {
    const database = await databaseWith(`
      CREATE TABLE users (tenant int, id uuid, PRIMARY KEY (tenant, id));
      CREATE TABLE follows (tenant int, a uuid, b uuid, PRIMARY KEY (tenant, a, b), CHECK (a <> b),
        FOREIGN KEY (tenant, a) REFERENCES users, FOREIGN KEY (tenant, b) REFERENCES users);
      CREATE TABLE loans (id int PRIMARY KEY, tenant int NOT NULL, a uuid NOT NULL, b uuid NOT NULL, CHECK (a <> b),
        FOREIGN KEY (tenant, a) REFERENCES users, FOREIGN KEY (tenant, b) REFERENCES users)`)
    await withConnection(database, (connection) =>
      connection.query('INSERT INTO users SELECT n % 7, gen_random_uuid() FROM generate_series(1, 50) AS n'),
    )
    const counts = new Map([['public.follows', { rows: 50 }], ['public.loans', { rows: 50 }]])
    expect((await seedRows(inputFor(database, { rows: 0, counts }))).rows).toBe(100)
  })

  test('pairs in order: the smaller number first, each pair once, and no more than there are', async () => {
    const database = await databaseWith(`CREATE TABLE people (id serial PRIMARY KEY);
      CREATE TABLE friends (a int REFERENCES people, b int REFERENCES people, PRIMARY KEY (a, b), CHECK (a < b));
      CREATE TABLE rivals (stronger int REFERENCES people, weaker int REFERENCES people, UNIQUE (weaker, stronger),
        CHECK (stronger > weaker), id int PRIMARY KEY)`)
    await seedRows(inputFor(database))
    expect(await queryRows(database, 'SELECT count(*) FROM friends UNION ALL SELECT count(*) FROM rivals')).toEqual(['50', '50'])
    const few = await databaseWith(`CREATE TABLE people (id serial PRIMARY KEY);
      CREATE TABLE friends (a int REFERENCES people, b int REFERENCES people, PRIMARY KEY (a, b), CHECK (a < b))`)
    const counts = new Map([['public.people', { rows: 5 }], ['public.friends', { rows: 11 }]])
    const failure = await failureOf(() => seedRows(inputFor(few, { counts })))
    expect(failure).toMatchObject({ code: 'SEED_CAPACITY', details: { meta: { capacity: 10, need: 11 } } })
  })

  test('tables whose names read the same with a dot between are two', async () => {
    const database = await databaseWith(`CREATE SCHEMA "a.b"; CREATE SCHEMA "a"; CREATE SCHEMA "a"".";
      CREATE TABLE "a.b".c (id serial PRIMARY KEY, email text NOT NULL UNIQUE); CREATE TABLE "a"."b.c" (size int NOT NULL, note text);
      CREATE TABLE "a""."."b" (id uuid PRIMARY KEY);
      CREATE TABLE of_both (c int NOT NULL REFERENCES "a.b".c, b uuid NOT NULL REFERENCES "a""."."b")`)
    const input = inputFor(database, { counts: new Map([['a."b.c"', { rows: 7 }]]) })
    const { tables } = await seedRows(input)
    expect(tables.map(({ table, rows }) => `${table} ${rows}`).sort()).toEqual(
      ['"a"".".b 50', '"a.b".c 50', 'a."b.c" 7', 'public.of_both 50'].sort(),
    )
    expect(await queryRows(database, `SELECT (SELECT count(*) FROM "a.b".c), (SELECT count(*) FROM "a"."b.c")`)).toEqual(['50|7'])
    expect(await seedRows(input)).toMatchObject({ rows: 0 })
  })

  test('keys of columns that a check puts in order, also where only few pairs are left', async () => {
    const database = await databaseWith(`
      CREATE TABLE edges (a int, b int, PRIMARY KEY (a, b), CHECK (a < b));
      CREATE TABLE spans (tenant int CHECK (tenant BETWEEN 1 AND 3), x int, y int, PRIMARY KEY (tenant, x, y), CHECK (x < y));
      CREATE TABLE triples (a int, b int, c int, PRIMARY KEY (a, b, c), CHECK (a < b AND b < c));
      CREATE TABLE unlike (a int, b int, PRIMARY KEY (a, b), CHECK (a <> b));
      CREATE TABLE few (a smallint CHECK (a BETWEEN 1 AND 20), b smallint CHECK (b BETWEEN 1 AND 20), PRIMARY KEY (a, b), CHECK (b > a))`)
    const tables = ['edges', 'spans', 'triples', 'unlike', 'few']
    await seedRows(inputFor(database, { rows: 190 }))
    const counts = tables.map((table) => `(SELECT count(*) FROM ${table})`).join(', ')
    expect(await queryRows(database, `SELECT ${counts}`)).toEqual(['190|190|190|190|190'])
    await queryRows(database, 'DELETE FROM few')
    const failure = await failureOf(() => seedRows(inputFor(database, { rows: 0, counts: new Map([['public.few', { rows: 191 }]]) })))
    expect(failure).toMatchObject({ code: 'SEED_CAPACITY', details: { meta: { capacity: 190, need: 191 } } })
  })

  test('a table without columns has rows as well', async () => {
    const database = await databaseWith('CREATE TABLE nothing ()')
    await seedRows(inputFor(database))
    expect(await queryRows(database, 'SELECT count(*) FROM nothing')).toEqual(['50'])
  })

  test('rows per parent', async () => {
    const database = await databaseWith(shop)
    const counts = new Map([['public.posts', { perParent: 3, of: 'public.users' }]])
    await seedRows(inputFor(database, { rows: 20, counts }))
    expect(await queryRows(database, 'SELECT count(*) FROM posts')).toEqual(['60'])
  })
})

describe('threads', () => {
  test('two make the same rows as none', async () => {
    const [alone, together] = [await databaseWith(shop), await databaseWith(shop)]
    await seedRows(inputFor(alone, { rows: 4500 }))
    await seedRows(inputFor(together, { rows: 4500, workers: 2 }))
    const all = `SELECT md5(string_agg(n::text, E'\\n' ORDER BY id)) FROM notes AS n UNION ALL
      SELECT md5(string_agg(p::text, E'\\n' ORDER BY id)) FROM posts AS p`
    expect(await queryRows(together, all)).toEqual(await queryRows(alone, all))
  })
})

describe('what cannot be filled', () => {
  test('more unique values than there are: field, capacity and need are named before the first row', async () => {
    const database = await databaseWith(
      `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE flags (id int PRIMARY KEY, code char(1) NOT NULL UNIQUE CHECK (code ~ '^[A-Z]$'))`,
    )
    const failure = await failureOf(() => seedRows(inputFor(database)))
    expect(failure).toMatchObject({
      code: 'SEED_CAPACITY',
      details: { meta: { fields: ['code'], capacity: 26, need: 50 } },
    })
    expect(await queryRows(database, 'SELECT count(*) FROM a')).toEqual(['0'])
  })

  test('a cycle that nobody can open is explained', async () => {
    const database = await databaseWith(`CREATE TABLE a (id int PRIMARY KEY, b_id int NOT NULL);
      CREATE TABLE b (id int PRIMARY KEY, a_id int NOT NULL REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b`)
    expect((await failureOf(() => seedRows(inputFor(database)))).code).toBe('SEED_CYCLE')
  })

  test('a NOT NULL foreign key to an empty table that is not filled', async () => {
    const database = await databaseWith(shop)
    const failure = await failureOf(() =>
      seedRows(inputFor(database, { rows: 0, counts: new Map([['public.posts', { rows: 5 }]]) })),
    )
    expect(failure.code).toBe('SEED_PARENT_EMPTY')
  })

  test('an exclusion constraint with another operator', async () => {
    const database = await databaseWith(
      `CREATE TABLE c (id int PRIMARY KEY, at circle NOT NULL, EXCLUDE USING gist (at WITH &<))`,
    ).catch(() => undefined)
    if (database === undefined) return
    expect((await failureOf(() => seedRows(inputFor(database)))).code).toBe('SEED_EXCLUSION')
  })

  test('a server that goes away leaves no half table, and the run goes on', async () => {
    const database = await databaseWith(shop)
    const killer = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
    let killed: Promise<unknown> | undefined
    const report: SeedRowsInput['report'] = ({ detail }) => {
      if (detail === 'public.posts') killed ??= withConnection(database, (connection) => connection.query(killer))
    }
    const failure = await failureOf(() => seedRows(inputFor(database, { rows: 30_000, report })))
    await killed
    expect(failure.code).toBe('SEED_SERVER_GONE')
    expect(await queryRows(database, 'SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM posts)')).toEqual([
      '30000|0',
    ])
    await seedRows(inputFor(database, { rows: 30_000 }))
    expect(await queryRows(database, 'SELECT count(*) FROM notes')).toEqual(['30000'])
  })

  test('what a trigger does is named', async () => {
    const database =
      await databaseWith(`${shop} CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER stamp BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f()`)
    const { tables } = await seedRows(inputFor(database))
    expect(tables[0]?.notes).toEqual([expect.stringContaining('trigger stamp')])
  })
})
