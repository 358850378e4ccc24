import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import { readDataModel } from '../../../src/prisma/data-model.ts'
import type { Generator } from '../../../src/seed/generators/generator.ts'
import { seedRows, type SeedRowsInput, type SeedRowsResult } from '../../../src/seed/seed-rows.ts'
import { corporaReason, corpusFolder, corpusNames } from '../../support/corpora.ts'
import { createTestDatabase } from '../../support/database.ts'
import { rowsOf } from '../../support/database-rows.ts'
import { referenceHistory, referenceSchema } from '../../support/reference-project.ts'
import { uncoveredStates } from '../../support/uncovered-states.ts'

interface Covered {
  readonly result: SeedRowsResult
  readonly uncovered: readonly string[]
  readonly query: (sql: string) => Promise<readonly string[]>
}

async function cover(
  sql: readonly string[],
  { schema, ...more }: Partial<SeedRowsInput> & { readonly schema?: string } = {},
): Promise<Covered> {
  const database = await createTestDatabase('cover')
  return withConnection(database, async (connection) => {
    for (const one of sql) await connection.query(one)
    const model = schema === undefined ? undefined : readDataModel([{ path: 'schema.prisma', text: schema }])
    const { rows: names } = await connection.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname !~ '^_'`,
    )
    const all = model?.models.map(({ name }) => name) ?? names.map(({ name }) => `public.${name}`)
    const input = { database, seed: 'c', locale: 'en', now: Date.UTC(2026, 0, 1), isPinned: true, ...(model && { model }) }
    const result = await seedRows({ ...input, counts: new Map(all.map((name) => [name, { covering: 0 }])), ...more })
    return { result, uncovered: await uncoveredStates(connection), query: (text) => rowsOf(database, text) }
  })
}


const tables = ['people', 'profiles', 'orders', 'lines', 'tags', 'order_tags', 'votes', 'homes']
const shop = `
  CREATE TYPE status AS ENUM ('draft', 'open', 'paid', 'void', 'lost');
  CREATE TYPE kind AS ENUM ('a', 'b', 'c');
  CREATE TABLE people (id serial PRIMARY KEY, email text NOT NULL UNIQUE, is_admin bool NOT NULL, phone text, boss_id int REFERENCES people);
  CREATE TABLE profiles (person_id int PRIMARY KEY REFERENCES people, size text NOT NULL CHECK (size IN ('s', 'm', 'l', 'xl')));
  CREATE TABLE orders (id serial PRIMARY KEY, person_id int REFERENCES people, status status NOT NULL, kind kind, paid_at timestamptz,
    reason text, CHECK ((status = 'paid') = (paid_at IS NOT NULL)), CHECK (status <> 'void' OR reason IS NOT NULL));
  CREATE TABLE lines (order_id int REFERENCES orders, position int, is_gift bool, PRIMARY KEY (order_id, position));
  CREATE TABLE tags (id serial PRIMARY KEY, name text NOT NULL);
  CREATE TABLE order_tags (order_id int REFERENCES orders, tag_id int REFERENCES tags, kind kind NOT NULL, PRIMARY KEY (order_id, tag_id));
  CREATE TABLE votes (order_id int NOT NULL REFERENCES orders, kind kind NOT NULL, UNIQUE (order_id, kind));
  CREATE TABLE homes (id serial PRIMARY KEY, person_id int NOT NULL REFERENCES people, is_default bool NOT NULL);
  CREATE UNIQUE INDEX ON homes (person_id) WHERE is_default;`

test('every state of a schema is covered, in as few rows as the column with most states has', async () => {
  const { result, uncovered, query } = await cover([shop])
  expect(uncovered).toEqual(['profiles.person_id many children'])
  expect(result.cover).toMatchObject({ missing: [], rows: result.rows })
  expect(Object.fromEntries(result.tables.map(({ table, rows }) => [table.replace('public.', ''), rows]))).toEqual({
    // One more than profiles, which are one to one.
    people: 5,
    profiles: 4,
    // Five labels.
    orders: 5,
    lines: 3,
    tags: 3,
    order_tags: 3,
    votes: 3,
    homes: 3,
  })
  // What is not asked for comes as always: an order is paid when its state says so.
  expect(await query(`SELECT count(*) FROM orders WHERE (status = 'paid') <> (paid_at IS NOT NULL)`)).toEqual(['0'])
})

test('more rows cover as well, a rule of the user stands, and the same input gives the same rows', async () => {
  const admin: Generator = { name: 'rule:f', after: [], make: () => 'f' }
  const counts = new Map(tables.map((name) => [`public.${name}`, { covering: 12 }]))
  const rules = new Map([['public.people', { generators: new Map([['is_admin', admin]]) }]])
  const content = `SELECT md5(string_agg(o::text, ',' ORDER BY id)) FROM orders AS o UNION ALL SELECT count(*)::text FROM votes`
  const [one, other] = [await cover([shop], { counts, rules }), await cover([shop], { counts, rules })]
  expect(one.uncovered).toEqual(['people.is_admin true', 'profiles.person_id many children'])
  expect(one.result.cover?.missing).toEqual([])
  expect(await one.query(content)).toEqual(await other.query(content))
})

test('the reference project, with no configuration', async () => {
  const sql = referenceHistory().map(({ up }) => up)
  const { result, uncovered } = await cover(sql, { schema: referenceSchema() })
  expect(uncovered).toEqual([])
  expect(result.cover).toMatchObject({ missing: [] })
  expect(result.tables.find(({ model }) => model === 'Order')?.rows).toBe(6)
  expect(result.rows).toBeLessThan(70)
})

test.skipIf(corpusNames.length === 0)(`a real project (${corporaReason})`, async () => {
  const folder = corpusFolder('hoppscotch__hoppscotch')
  const migrations = readdirSync(join(folder, 'prisma/migrations')).filter((name) => !name.endsWith('.toml'))
  const sql = migrations.sort().map((name) => readFileSync(join(folder, 'prisma/migrations', name, 'migration.sql'), 'utf8'))
  const { result, uncovered } = await cover(sql, { schema: readFileSync(join(folder, 'prisma/schema.prisma'), 'utf8') })
  // Two columns are filled by a trigger; one foreign key is unique.
  expect(uncovered).toEqual([
    'TeamRequest.mockExamples NULL',
    'UserRequest.mockExamples NULL',
    'UserSettings.userUid many children',
  ])
  expect(result.cover).toMatchObject({ missing: [] })
  expect(result.rows).toBeLessThan(80)
})
