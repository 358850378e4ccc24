import { expect, test } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import { readDataModel } from '../../../src/prisma/data-model.ts'
import { seedRows } from '../../../src/seed/seed-rows.ts'
import { isRoutable } from '../../../src/seed/unreachable/is-routable.ts'
import { createTestDatabase } from '../../support/database.ts'
import { rowsOf } from '../../support/database-rows.ts'
import { referenceHistory, referenceSchema } from '../../support/reference-project.ts'

const schema = `
  CREATE TABLE people (id serial PRIMARY KEY, full_name varchar(80) NOT NULL, email text NOT NULL, login text NOT NULL UNIQUE,
    motto text CHECK (motto <> '' AND length(motto) <= 40), birth_date date NOT NULL, homepage text NOT NULL,
    remark varchar(10000) NOT NULL,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, CHECK (updated_at >= created_at));
  CREATE INDEX ON people (remark); CREATE INDEX ON people (full_name, email);
  CREATE TABLE things (id serial PRIMARY KEY, a int NOT NULL, b numeric(6,2) NOT NULL CHECK (b BETWEEN -5 AND 250),
    c int2 NOT NULL CHECK (c > 0), d float8 NOT NULL, e int8, low int NOT NULL, high int NOT NULL CHECK (low < high),
    f int NOT NULL, twice int GENERATED ALWAYS AS (f * 2) STORED, j jsonb NOT NULL, settings jsonb NOT NULL DEFAULT '{}',
    list text[] NOT NULL, raw bytea NOT NULL, q timestamp NOT NULL, code char(2) NOT NULL,
    owner_id int NOT NULL REFERENCES people);
  CREATE TABLE bills (id serial PRIMARY KEY, total numeric(12,2) NOT NULL);
  CREATE TABLE bill_lines (id serial PRIMARY KEY, bill_id int NOT NULL REFERENCES bills, quantity int NOT NULL,
    unit_price numeric(10,2) NOT NULL);`

async function filled(edges?: number) {
  const database = await createTestDatabase('edges')
  await withConnection(database, (connection) => connection.query(schema))
  const now = Date.UTC(2026, 0, 1)
  const input = { database, counts: new Map(), rows: 600, seed: 'e', locale: 'en', now, isPinned: true }
  await seedRows(edges === undefined ? input : { ...input, edges })
  return { query: (sql: string) => rowsOf(database, sql) }
}

/** Each is somewhere in the rows. */
const expected: readonly (readonly [string, string])[] = [
  ['people', `length(full_name) = 80`],
  ['people', `full_name = 'María José'`],
  ['people', `full_name ~ '^ '`],
  ['people', `length(email) > 70 AND email LIKE '%@example.com'`],
  ['people', `motto LIKE '%''%'`],
  ['people', `motto ~ '[😀]'`],
  ['people', `motto IN (SELECT upper(other.motto) FROM people AS other WHERE other.motto <> people.motto)`],
  ['people', `remark = ''`],
  ['people', `length(remark) = 10000`],
  ['people', `remark LIKE '%مرحبا%'`],
  ['people', `remark LIKE '%\\\\%'`],
  ['people', `birth_date = '2000-02-29'`],
  ['people', `created_at::date IN ('2024-02-29', '2025-03-30')`],
  ['people', `created_at = '2024-12-31 23:59:59.999+00'`],
  ['things', 'a = 2147483647'],
  ['things', 'a = 0'],
  ['things', 'a = -2147483648'],
  ['things', 'b = 250'],
  ['things', 'b = -5'],
  ['things', 'c = 32767'],
  ['things', 'd = 0.30000000000000004'],
  ['things', 'e = 9007199254740993'],
  ['things', 'f = 0'],
  ['things', `j = '{}'`],
  ['things', `length(j::text) >= 200 AND j::text LIKE '{"a": {"a": {"a"%'`],
  ['things', `j = '[]'`],
  ['things', `list = '{}'`],
  ['things', `raw = ''`],
  ['things', `q > '9999-01-01'`],
  ['things', `q < '0002-01-01'`],
]

/** No row is. */
const never: readonly (readonly [string, string])[] = [
  ['people', 'updated_at < created_at'],
  ['things', `jsonb_typeof(settings) <> 'object'`],
  ['things', 'abs(f::bigint) > 1000000000'],
  ['bills', 'total <> (SELECT coalesce(sum(quantity * unit_price), 0) FROM bill_lines WHERE bill_id = bills.id)'],
  ['bill_lines', 'quantity > 1000000'],
]

test('a share of the cells is at the edge of what its column takes, and nothing can reach anybody', async () => {
  const { query } = await filled(0.5)
  const holding = async (wanted: typeof expected): Promise<readonly string[]> => {
    const asked = wanted.map(([table, condition]) => `EXISTS (SELECT FROM ${table} WHERE ${condition})`)
    const [flags = ''] = await query(`SELECT ${asked.join(', ')}`)
    return wanted.flatMap(([, condition], place) => (flags.split('|')[place] === 't' ? [condition] : []))
  }
  const found = await holding(expected)
  expect(expected.map(([, condition]) => condition).filter((condition) => !found.includes(condition))).toEqual([])
  expect(await holding(never)).toEqual([])
  const [share] = await query(`SELECT avg((email ~ '^[a-z]+\\.[a-z]+[0-9]+@example\\.(com|net|org)$')::int)::float8 FROM people`)
  expect(Number(share)).toBeGreaterThan(0.4)
  expect(Number(share)).toBeLessThan(0.6)
  const texts = await query('SELECT DISTINCT left(unnest(ARRAY[email, homepage, full_name, motto, remark]), 300) FROM people')
  expect(texts.filter(isRoutable)).toEqual([])
})

test('the other cells are as without', async () => {
  const [plain, edgy] = [await filled(), await filled(0.1)]
  const emails = 'SELECT id || email FROM people ORDER BY id'
  const before = await plain.query(emails)
  const same = (await edgy.query(emails)).filter((email, place) => email === before[place])
  expect(same.length).toBeGreaterThan(500)
  expect(same.length).toBeLessThan(600)
  const logins = 'SELECT login FROM people ORDER BY id'
  expect(await edgy.query(logins)).toEqual(await plain.query(logins))
})

test('the reference project takes every row', async () => {
  const database = await createTestDatabase('edges')
  const model = readDataModel([{ path: 'schema.prisma', text: referenceSchema() }])
  await withConnection(database, async (connection) => {
    for (const { up } of referenceHistory()) await connection.query(up)
    // What the history itself inserts.
    await connection.query('TRUNCATE countries, currencies, plans CASCADE')
  })
  const counts = new Map(model.models.map(({ name }) => [name, { rows: 150 }]))
  const now = Date.UTC(2026, 0, 1)
  const input = { database, model, counts, seed: 'e', locale: 'de', now, isPinned: true, edges: 0.6 }
  const result = await seedRows(input)
  expect(result.rows).toBe(150 * counts.size)
})
