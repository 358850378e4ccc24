import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { createKeptDatabase, createTestDatabase, type KeptDatabase } from '../support/database.ts'
import { failureOf } from '../support/failure.ts'
import { loadMasked, maskDatabase, type MaskedTable } from '../support/masked-database.ts'

const schema = `
  CREATE EXTENSION IF NOT EXISTS citext;
  CREATE DOMAIN zip AS text CHECK (VALUE ~ '^[0-9]{5}$');
  CREATE TYPE mood AS ENUM ('good', 'bad');
  CREATE TYPE pair AS (first_name text, age int);
  CREATE TABLE users (
    id bigserial PRIMARY KEY, tenant_id uuid NOT NULL, email citext NOT NULL UNIQUE, handle text,
    full_name text NOT NULL, postal_code zip, mood mood, salary numeric(8,2) CHECK (salary BETWEEN 1000 AND 9000),
    birth_date date CHECK (birth_date > '1900-01-01'), phones text[], nationality varchar(2), lower_name text GENERATED ALWAYS AS (lower(full_name)) STORED,
    joined_at timestamptz, left_at timestamptz, grade text DEFAULT 'a', CONSTRAINT graded CHECK (grade = 'a' OR salary > 1500), CHECK (left_at IS NULL OR left_at >= joined_at), UNIQUE (tenant_id, handle));
  CREATE UNIQUE INDEX users_handle ON users (lower(handle));
  CREATE TABLE tiers (code text PRIMARY KEY CHECK (code IN ('free', 'team', 'firm')), title text);
  CREATE TABLE articles (tier_code text REFERENCES tiers, code text PRIMARY KEY CHECK (code ~ '^[A-Z]{3}-[0-9]{4}$'), ssn char(11), next_code text REFERENCES articles);
  CREATE TABLE sales (id uuid PRIMARY KEY, article_code text NOT NULL REFERENCES articles, buyer_id bigint NOT NULL, seller_id bigint NOT NULL REFERENCES users,
    buyer_email text, note text, bought_at timestamptz, FOREIGN KEY (buyer_id) REFERENCES users (id), CHECK (buyer_id <> seller_id));
  CREATE TABLE odd (id int PRIMARY KEY, photo bytea, geo point, stay daterange, search tsvector, doc xml, who pair, net inet, bits bit(4), span interval, tags text[][], blob json);
`
const rows = `
  INSERT INTO users (tenant_id, email, handle, full_name, postal_code, mood, salary, birth_date, phones, nationality, joined_at, left_at)
    SELECT md5((n % 3)::text)::uuid, 'Person' || n || '@corp.de', CASE WHEN n % 7 > 0 THEN 'Handle' || n END, 'Anna Meyer-' || n, lpad(n::text, 5, '0'),
      'good', 1000 + n, date '1960-01-01' + n * 37, ARRAY['+49 30 ' || 100000 + n, NULL], 'DE', timestamptz '2020-01-01' + n * interval '1 day',
      CASE WHEN n % 2 = 0 THEN timestamptz '2020-01-02' + n * interval '1 day' END
    FROM generate_series(1, 60) n;
  INSERT INTO tiers VALUES ('free', 'a'), ('team', 'b'), ('firm', 'c');
  INSERT INTO articles SELECT 'team', 'ABC-' || lpad(n::text, 4, '0'), '123-45-6789' FROM generate_series(1, 40) n;
  UPDATE articles SET next_code = 'ABC-0001' WHERE code > 'ABC-0030';
  INSERT INTO sales SELECT md5(n::text)::uuid, 'ABC-' || lpad((n % 40 + 1)::text, 4, '0'), n % 60 + 1, (n + 7) % 60 + 1, 'Person' || (n % 60 + 1) || '@corp.de',
    'sold to Anna Meyer-' || (n % 60 + 1) || ' of Berlin', '2024-01-01' FROM generate_series(1, 90) n;
  INSERT INTO odd VALUES (1, '\\x01ff', '(1,2)', '[2020-01-01,2020-02-01)', 'anna:1', '<a>Anna</a>', '(Anna,33)', '8.8.8.8', '1010', '3 days', '{{a,b},{c,d}}', '{"name": "Anna", "n": 12345678901234567890}');
`
/** What the classifier could not know. */
const edits = {
  'public.users.handle': { class: 'D', mask: 'username' },
  'public.users.mood': { class: 'Q', mask: 'choice' },
  'public.users.nationality': { class: 'Q', mask: 'choice(DE, FR)' },
  'public.users.joined_at': { class: 'Q', mask: 'date-shift' },
  'public.users.left_at': { class: 'Q', mask: 'date-shift' },
  'public.odd.stay': { class: 'Q', mask: 'null' },
  'public.odd.tags': { class: 'F', mask: 'text' },
} as const

let kept: KeptDatabase
let source: DatabaseUrl
let tables: readonly MaskedTable[]

async function database(sql: string): Promise<DatabaseUrl> {
  const made = await createTestDatabase('mask')
  await withConnection(made, (connection) => connection.query(sql))
  return made
}

function column(table: string, name: string, when: 'before' | 'after' = 'after', all = tables): readonly (string | null)[] {
  const found = all.find(({ mask }) => mask.table === table)
  const place = found?.mask.columns.findIndex((one) => one.column === name) ?? -1
  return found?.[when].map((row) => row[place] ?? null) ?? []
}

describe('constraints', () => {
  beforeAll(async () => {
    kept = await createKeptDatabase('mask')
    source = kept.url
    await withConnection(source, (connection) => connection.query(schema + rows))
    tables = await maskDatabase(source, { edits })
  })

  afterAll(() => kept.drop())

  test('a database with the same constraints takes all of it', async () => {
    await loadMasked(await database(schema), tables)
  })

  test('keys stay keys, declared or not: what was equal is equal', () => {
    const emails = new Map(column('users', 'id', 'before').map((id, at) => [id, column('users', 'email')[at]]))
    const buyers = column('sales', 'buyer_id', 'before')
    expect(column('sales', 'buyer_email')).toEqual(buyers.map((buyer) => emails.get(buyer)))
    expect(new Set(column('users', 'id')).size).toBe(60)
    expect(column('users', 'id')).not.toEqual(column('users', 'id', 'before'))
  })

  test('order and gaps of one person stay, and nobody keeps a date', () => {
    const days = (text: string | null): number => Date.parse((text ?? '').slice(0, 10)) / 86_400_000
    column('users', 'joined_at').forEach((joined, at) => {
      expect(joined).not.toBe(column('users', 'joined_at', 'before')[at])
      const left = column('users', 'left_at')[at] ?? null
      if (left !== null) expect(days(left) - days(joined)).toBe(1)
    })
  })

  test('nothing of the source is in any value that is not kept', () => {
    for (const { mask, after } of tables) {
      for (const [place, { piiClass, column: name }] of mask.columns.entries()) {
        if (piiClass === 'N') continue
        for (const row of after) expect(`${name}: ${row[place] ?? ''}`).not.toMatch(/anna|meyer|corp|berlin|person\d/iu)
      }
    }
  })

  test.each([
    ['a comparison of columns', 'CREATE TABLE t (id int PRIMARY KEY, salary int, age int, CHECK (salary > age))', /compares it with/u],
    ['an index over an expression', 'CREATE TABLE t (email text); CREATE UNIQUE INDEX i ON t (md5(email))', /nobody can say/u],
    ['a check that only the database can judge', "CREATE FUNCTION f(text) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true'; CREATE TABLE t (email text CHECK (f(email)))", /only the database can judge/u],
    ['a range of days', 'CREATE TABLE t (id int PRIMARY KEY, stay daterange)', /is for date, timestamp/u],
    ['a row that others exclude', 'CREATE TABLE t (id int PRIMARY KEY, net inet, EXCLUDE USING gist (net inet_ops WITH &&))', /exclude each other by it/u],
    ['what says for which rows an index is', "CREATE TABLE t (id int PRIMARY KEY, owner int, city text); CREATE UNIQUE INDEX i ON t (owner) WHERE city = 'Bonn'", /i is unique for some rows/u],
  ])('%s is refused', async (_, sql, reason) => {
    const failure = await failureOf(async () => maskDatabase(await database(sql), { edits: { 'public.t.stay': { class: 'Q', mask: 'date-shift' } } }))
    expect(failure.code).toBe('MASK_REFUSED')
    expect(failure.details.why).toMatch(reason)
  })

  test.each([
    ['a check', 'salary', 'S', '999.99', 'the constraint users_salary_check of public.users'],
    ['a check of several ways', 'grade', 'Q', 'bbb', 'the constraint graded of public.users'],
    ['a domain', 'postal_code', 'Q', '1234x', 'the constraint zip_check of its domain'],
  ] as const)('what a mask of the user makes against %s is refused by name, and what it takes is left alone', async (_, name, piiClass, bad, told) => {
    const [own, edit] = [`public.users.${name}`, { class: piiClass, mask: 'own' }]
    const good = { salary: '1234.5', grade: 'a', postal_code: '00000' }[name]
    const masked = async (made: string) =>
      maskDatabase(source, { edits: { ...edits, [own]: edit }, ownMasks: { own: { mask: () => made } } })
    const failure = await failureOf(() => masked(bad))
    expect([failure.code, failure.message]).toEqual(['MASK_OWN_THREW', `The mask own of seed/masks failed for a value of ${own}.`])
    expect(failure.details.why).toContain(told)
    expect(JSON.stringify(failure.details)).not.toContain(bad)
    expect(new Set(column('users', name, 'after', await masked(good)))).toEqual(new Set([good]))
  })

  test('what asks nothing of a mask is not refused: NULL or not, a short column in lower(), equal stays equal', async () => {
    const sql = `CREATE EXTENSION btree_gist; CREATE TABLE t (id int PRIMARY KEY, email text, note varchar(30), stay daterange,
      EXCLUDE USING gist (email WITH =, stay WITH &&));
      CREATE UNIQUE INDEX a ON t (id) WHERE email IS NOT NULL AND (note IS NULL); CREATE UNIQUE INDEX b ON t (lower(note));
      INSERT INTO t SELECT n, 'a' || n || '@x.de', 'note' || n FROM generate_series(1, 50) n`
    const asked = { 'public.t.stay': { class: 'N', mask: 'keep' }, 'public.t.note': { class: 'F', mask: 'text' } } as const
    const [table] = await maskDatabase(await database(sql), { edits: asked })
    expect(new Set(table?.after.map((row) => row[2]?.toLowerCase())).size).toBe(50)
  })

  test('shuffled values stay in their group, and change their rows', async () => {
    const shuffled = await maskDatabase(source, { edits: { ...edits, 'public.users.salary': { class: 'Q', mask: 'shuffle(tenant_id)' } } })
    const users = shuffled.find(({ mask }) => mask.table === 'users')
    expect(users?.mask.readFrom).toContain('PARTITION BY "tenant_id"')
    const [tenant = 0, salary = 0] = ['tenant_id', 'salary'].map((name) => users?.mask.columns.findIndex((one) => one.column === name))
    const groups = await withConnection(source, async (connection) => {
      const { rows: found } = await connection.query<{ salary: string; tenant_id: string; id: string }>('SELECT * FROM users')
      return found
    })
    const tenants = new Map(groups.map((row) => [row.salary, row.tenant_id]))
    const ids = new Map(groups.map((row) => [row.id, row.salary]))
    for (const row of users?.before ?? []) {
      expect(tenants.get(row[salary] ?? '')).toBe(row[tenant])
      expect(ids.get(row[0] ?? '')).not.toBe(row[salary])
    }
  })
})
