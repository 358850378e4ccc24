import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../../src/postgres/database-url.ts'
import { openProject } from '../../../src/project/open-project.ts'
import { seed, type SeedOptions } from '../../../src/seed/seed.ts'
import type { SeedResult } from '../../../src/seed/seed-result.ts'
import { createTestDatabase } from '../../support/database.ts'
import { rowsOf } from '../../support/database-rows.ts'
import { failureOf } from '../../support/failure.ts'
import { createFolder, writeFiles } from '../../support/files.ts'

const schema = `datasource db {
  provider = "postgresql"
}

model Item {
  id     Int     @id @default(autoincrement())
  kind   String
  size   Int?
  low    Int
  high   Int
  code   String? @unique
  note   String
}

model User {
  id        Int     @id @default(autoincrement())
  email     String  @unique
  username  String  @unique
  fullName  String
  nickname  String?
}
`
const tables = `CREATE TABLE "Item" (id serial PRIMARY KEY, kind text NOT NULL, size int, low int NOT NULL, high int NOT NULL,
    code text UNIQUE, note text NOT NULL,
    CONSTRAINT sized CHECK (kind = 'box' AND size IS NOT NULL AND size BETWEEN 1 AND 9 OR kind = 'bag' AND size IS NULL
      OR kind = 'jar' AND size IS NOT NULL AND size = 50),
    CONSTRAINT ordered CHECK (low < high), CONSTRAINT loud CHECK (md5(note) <> md5('quiet')));
  CREATE TABLE "User" (id serial PRIMARY KEY, email text NOT NULL UNIQUE, username text NOT NULL UNIQUE,
    "fullName" text NOT NULL, nickname text);`

describe('what a rule says', () => {
  test('is kept, and the rest of the row is made to fit', async () => {
    const shop = await createShop()
    shop.rules(`{ Item: { kind: ({ index }) => ['bag', 'jar', 'box'][index % 3], low: ({ index }) => 1000 + index,
      code: ({ index }) => 'C' + index } }`)
    await shop.seed({ models: ['Item'], rows: 60 })
    const wrong = `kind <> (ARRAY['bag', 'jar', 'box'])[(id - 1) % 3 + 1] OR low <> 999 + id OR code IS DISTINCT FROM 'C' || id - 1`
    expect(await shop.rows(`SELECT count(*), count(*) FILTER (WHERE ${wrong}) FROM "Item"`)).toEqual(['60|0'])
    expect(await shop.rows(`SELECT count(DISTINCT size) > 3 FROM "Item" WHERE kind = 'box'`)).toEqual(['t'])
  })

  test.each([
    [`kind: ['cup']`, 'SEED_ROW_REFUSED', 'sized', 'Item.kind'],
    [`size: () => 12`, 'SEED_ROW_REFUSED', 'sized', 'Item.size'],
    [`low: () => 7, high: () => 3`, 'SEED_ROW_REFUSED', 'ordered', 'Item.low, Item.high'],
    [`note: () => 'quiet'`, 'SEED_CHECK_UNMET', 'loud', 'Item.note'],
  ])('%s: refused with field, rule and constraint', async (rule, code, constraint, fields) => {
    const shop = await createShop()
    shop.rules(`{ Item: { ${rule} } }`)
    const failure = await failureOf(() => shop.seed({ models: ['Item'], rows: 5 }))
    expect(failure.code).toBe(code)
    expect([failure.message, failure.details.fix].join(' ')).toContain(constraint)
    expect(failure.details.fix).toContain(fields)
    expect(JSON.stringify(failure.details)).not.toMatch(/cup|12|quiet/u)
    expect(await shop.rows('SELECT count(*) FROM "Item"')).toEqual(['0'])
    const files = await failureOf(() => shop.seed({ models: ['Item'], rows: 5, to: shop.files }))
    expect(files).toMatchObject({ code: 'SEED_CHECK_UNMET' })
    expect(files.message).toContain(constraint)
    expect(files.details.fix).toContain(fields)
  })
})

describe('what a persona says', () => {
  test('is kept, also that there is nothing, and the rest of the row is made to fit', async () => {
    const shop = await createShop()
    shop.personas(`{ Item: { a: { kind: 'jar' }, b: { kind: 'bag', high: -5 }, c: { size: 4, code: null }, d: { size: null } } }`)
    await shop.seed({ models: ['Item'], rows: 30 })
    expect(await shop.rows('SELECT id, kind, size, low < -5, high, code FROM "Item" WHERE id < 5 ORDER BY id')).toEqual([
      expect.stringMatching(/^1\|jar\|50\|/u),
      expect.stringMatching(/^2\|bag\|NULL\|t\|-5\|/u),
      expect.stringMatching(/^3\|box\|4\|.*\|NULL$/u),
      expect.stringMatching(/^4\|bag\|NULL\|/u),
    ])
    shop.personas(`{ Item: { a: { kind: null } } }`)
    expect((await failureOf(() => shop.seed({ models: ['Item'] }))).code).toBe('SEED_RULE_NULL')
    shop.personas(`{ Item: { a: { kind: 'jar' }, b: { kind: 'bag', high: -6 } } }`)
    expect((await failureOf(() => shop.seed({ models: ['Item'], rows: 30 }))).code).toBe('SEED_FILLED_OTHERWISE')
  })

  test('of a name, an email or a username, the rest of the person agrees with', async () => {
    const shop = await createShop()
    shop.personas(`{ User: { alice: { fullName: 'Alicé Adams-Groß' }, bob: { email: 'bob.stone7@acme.test' }, cleo: { username: 'cleo_k' },
      dan: { fullName: 'Dan Odd', email: 'dan@acme.test', username: 'dodd' }, again: { fullName: 'Alice Adamsgross' }, mono: { fullName: 'Prince' },
      far: { fullName: '山田 太郎' }, none: {} } }`)
    await shop.seed({ models: ['User'], rows: 40 })
    const [alice, bob, cleo, dan, again, mono, far, none] = await shop.rows(
      `SELECT "fullName", email, username FROM "User" WHERE id < 9 ORDER BY id`,
    )
    expect(alice).toBe('Alicé Adams-Groß|alice.adamsgross@example.com|alice.adamsgross')
    expect(bob).toBe('Bob Stone|bob.stone7@acme.test|bob.stone7')
    expect(cleo).toMatch(/^Cleo K\|cleo_k@example.com\|cleo_k$/u)
    expect(dan).toBe('Dan Odd|dan@acme.test|dodd')
    expect(again).toBe('Alice Adamsgross|alice.adamsgross04@example.com|alice.adamsgross04')
    expect(mono).toBe('Prince|prince@example.com|prince')
    expect(far).toMatch(/^山田 太郎\|(\w+\.\w+)@example.com\|\1$/u)
    expect(none).toMatch(/^(\w+) (\w+)\|\w+\.\w+@example.com\|/u)
  })
})

interface Shop {
  /** Absolute. */
  readonly files: string
  seed(options?: Partial<SeedOptions>): Promise<SeedResult>
  rules(text: string): void
  personas(text: string): void
  rows(query: string): Promise<readonly string[]>
}

async function createShop(): Promise<Shop> {
  const database: DatabaseUrl = await createTestDatabase('shop')
  await withConnection(database, (connection) => connection.query(tables))
  const directory = createFolder({
    'prisma/schema.prisma': schema,
    'seed/environments/ci.ts': `export const environment = { rows: 20, personas: true, clock: '2026-01-01T00:00:00Z' }\n`,
  })
  return {
    files: join(directory, 'rows'),
    seed: async (options = {}) => {
      const project = await openProject({ directory, variables: {} })
      const own = { ...project, environment: 'ci', database: { kind: 'url', url: database, source: 'DATABASE_URL' } } as const
      return seed({ project: own, environment: 'ci', database, now: 0, ...options })
    },
    rules: (text) => { writeFiles(directory, { 'seed/generators.ts': `export const generators = ${text}\n` }) },
    personas: (text) => { writeFiles(directory, { 'seed/personas.ts': `export const personas = ${text}\n` }) },
    rows: (query) => rowsOf(database, query),
  }
}
