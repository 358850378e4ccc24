import { createHash } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { connect, withConnection } from '../../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../../src/postgres/database-url.ts'
import { resultsNamespace, templatePrefix } from '../../../src/postgres/rehearsal/rehearsal-names.ts'
import { openProject } from '../../../src/project/open-project.ts'
import { seed, type SeedOptions } from '../../../src/seed/seed.ts'
import type { SeedResult } from '../../../src/seed/seed-result.ts'
import { createTestDatabase, testServer } from '../../support/database.ts'
import { rowsOf } from '../../support/database-rows.ts'
import { createFolder, writeFiles } from '../../support/files.ts'

const schema = `datasource db {
  provider = "postgresql"
}

model Country {
  code  String @id @db.Char(2)
  name  String
  users User[]
}

model User {
  id      Int     @id @default(autoincrement())
  email   String  @unique
  nick    String
  country Country @relation(fields: [countryCode], references: [code])
  countryCode String @db.Char(2)
}
`
const tables = `CREATE TABLE "Country" (code char(2) PRIMARY KEY, name text NOT NULL);
CREATE TABLE "User" (id serial PRIMARY KEY, email text NOT NULL UNIQUE, nick text NOT NULL,
  "countryCode" char(2) NOT NULL REFERENCES "Country");
CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
  migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count int NOT NULL DEFAULT 0);
INSERT INTO _prisma_migrations VALUES (gen_random_uuid(), 'c0', clock_timestamp(), '1_tables', NULL, NULL, clock_timestamp(), 1);`
const generators = `import { shout } from './shout.ts'
export const generators = { User: { nick: ({ index }) => shout('n' + index) } }
`

/** All that a run leaves, but for moments. */
const state = `SELECT * FROM (
    SELECT 'country' AS what, c::text AS value FROM "Country" c UNION ALL SELECT 'user', u::text FROM "User" u
    UNION ALL SELECT 'sequence', last_value || ' ' || is_called FROM "User_id_seq"
    UNION ALL SELECT 'reference', concat(table_name, key, declared, applied) FROM tide.reference_row
    UNION ALL SELECT 'run', concat(id, seed, now_ms, finished_at IS NOT NULL) FROM tide.seed_run
    UNION ALL SELECT 'table', concat(run, table_name, rows, first_number) FROM tide.seed_table
    UNION ALL SELECT 'history', concat(id, environment, seed, clock, models, changed_by_hand) FROM tide.seed_history
  ) s ORDER BY 1, 2`
const ledger = 'SELECT * FROM _prisma_migrations'

test('the same content is cloned into an empty database, and all else of it stays', async () => {
  const shop = await createShop()
  const first = await shop.database()
  expect(await shop.seed(first)).not.toHaveProperty('cloned')
  const filled = await rowsOf(first, state)

  const second = await shop.database()
  const before = await rowsOf(second, ledger)
  const result = await shop.seed(second)
  expect(result).toMatchObject({ cloned: true, rows: 27, environment: 'ci' })
  expect(result.models.map(({ model, inserted, generated }) => [model, inserted, generated])).toEqual([
    ['Country', 2, 0],
    ['User', 0, 25],
  ])
  expect(await rowsOf(second, state)).toEqual(filled)
  expect(await rowsOf(second, ledger)).toEqual(before)
  expect(await rowsOf(first, ledger)).not.toEqual(before)
  expect(await shop.seed(second)).toMatchObject({ rows: 0, models: [{ unchanged: 2 }, { unchanged: 25 }] })
  expect(await shop.leftovers()).toEqual([])

  // The application goes on behind the rows, and emptying brings the same back, with what was recorded before.
  await sql(second, `INSERT INTO "User" (email, nick, "countryCode") VALUES ('a@example.com', 'a', 'DE')`)
  expect(await rowsOf(second, 'SELECT max(id) FROM "User"')).toEqual(['26'])
  await sql(second, `CREATE TABLE tide.environment (only_row boolean PRIMARY KEY DEFAULT true, name text NOT NULL);
    INSERT INTO tide.environment VALUES (true, 'ci')`)
  expect(await shop.seed(second, { truncate: true })).not.toHaveProperty('cloned')
  expect(await shop.seed(second, { truncate: true })).toMatchObject({ cloned: true, rows: 27 })
  expect((await rowsOf(second, state)).filter((row) => !row.startsWith('history'))).toEqual(
    filled.filter((row) => !row.startsWith('history')),
  )
  expect(await rowsOf(second, 'SELECT id FROM tide.seed_history ORDER BY id')).toEqual(['1', '2', '3', '4'])
  expect(await rowsOf(second, 'SELECT name FROM tide.environment')).toEqual(['ci'])
})

test('another schema, rule, row of reference data, number, seed, clock or catalog is another result', async () => {
  const shop = await createShop()
  await shop.seed(await shop.database())
  const isCloned = async (options: Partial<SeedOptions> = {}, more = ''): Promise<boolean> => {
    const database = await shop.database(more)
    return (await shop.seed(database, options)).cloned === true
  }
  expect(await isCloned()).toBe(true)
  expect(await isCloned({ seed: 'other' })).toBe(false)
  expect(await isCloned({ rows: 3 })).toBe(false)
  expect(await isCloned({ models: ['Country'] })).toBe(false)
  expect(await isCloned({}, 'CREATE INDEX ON "User" (nick)')).toBe(false)
  expect(await isCloned({}, `UPDATE _prisma_migrations SET checksum = 'c1'`)).toBe(false)
  expect(await isCloned({}, `SELECT setval('"User_id_seq"', 7)`)).toBe(false)
  for (const files of [
    { 'seed/shout.ts': 'export const shout = (text: string): string => `${text}!`\n' },
    { 'seed/reference/Country.csv': 'code,name\nDE,Germany\nFR,Frankreich\n' },
    { 'prisma/schema.prisma': schema.replace('  nick    String', '  nick    String @default("x")') },
    { 'seed/environments/ci.ts': `export const environment = { rows: 25, clock: '2026-01-02T00:00:00Z' }\n` },
  ]) {
    shop.write(files)
    expect(await isCloned()).toBe(false)
  }
  expect(await isCloned()).toBe(true)
})

test('rules that may look at anything else, and a clock that rolls, are never cloned', async () => {
  const shop = await createShop()
  for (const files of [
    { 'seed/generators.ts': `export const generators = { User: { nick: ({ index }) => index + (process.env.NICK ?? '') } }\n` },
    { 'seed/generators.ts': `import { sep } from 'node:path'\nexport const generators = { User: { nick: ({ index }) => index + sep } }\n` },
    { 'seed/generators.ts': 'export const generators = {}\n', 'seed/environments/ci.ts': 'export const environment = { clock: "rolling" }\n' },
  ]) {
    shop.write(files)
    for (const database of [await shop.database(), await shop.database()]) {
      expect(await shop.seed(database)).not.toHaveProperty('cloned')
    }
    expect(await shop.kept()).toBe(0)
  }
})

test('what only this database has is never lost: it is filled as usual, and not kept for others', async () => {
  const shop = await createShop()
  await shop.seed(await shop.database())
  const name = (database: DatabaseUrl): string => `"${database.database}"`
  for (const [own, look, answer] of [
    [() => 'CREATE TABLE mine AS SELECT 1 AS one', 'SELECT one FROM mine', '1'],
    [() => `INSERT INTO "Country" VALUES ('FR', 'France'); INSERT INTO "User" VALUES (1000, 'm@example.com', 'm', 'FR')`, 'SELECT email FROM "User" WHERE id = 1000', 'm@example.com'],
    [(one: DatabaseUrl) => `ALTER DATABASE ${name(one)} SET work_mem = '7MB'`, 'SHOW work_mem', '7MB'],
  ] as const) {
    const database = await shop.database()
    await sql(database, own(database))
    const oid = await rowsOf(database, 'SELECT oid FROM pg_database WHERE datname = current_database()')
    expect(await shop.seed(database)).toMatchObject({ environment: 'ci' })
    expect(await rowsOf(database, look)).toEqual([answer])
    expect(await rowsOf(database, 'SELECT oid FROM pg_database WHERE datname = current_database()')).toEqual(oid)
    expect(await rowsOf(database, 'SELECT count(*) > 24 FROM "User"')).toEqual(['t'])
    expect(await shop.kept()).toBe(1)
  }
})

test('what a run told is told again: what its rows cover', async () => {
  const shop = await createShop()
  shop.write({ 'seed/environments/ci.ts': `export const environment = { rows: 'covering', clock: '2026-01-01T00:00:00Z' }\n` })
  const { cover, models } = await shop.seed(await shop.database())
  expect(cover?.rows).toBeGreaterThan(0)
  const again = await shop.seed(await shop.database())
  expect(again).toMatchObject({ cloned: true, cover, models: models.map((model) => ({ ...model, ms: 0 })) })
})

test('a trigger that inserting rows runs is always run', async () => {
  const shop = await createShop()
  const trigger = `CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE TRIGGER noted BEFORE INSERT ON "User" FOR EACH ROW EXECUTE FUNCTION noted()`
  for (const database of [await shop.database(trigger), await shop.database(trigger)]) {
    expect(await shop.seed(database)).not.toHaveProperty('cloned')
  }
})

test('rows that a migration brought of reference data are no hindrance, and part of what must be the same', async () => {
  const shop = await createShop()
  const row = (name: string): string => `INSERT INTO "Country" VALUES ('DE', '${name}')`
  await shop.seed(await shop.database(row('Germany')))
  const same = await shop.database(row('Germany'))
  expect(await shop.seed(same)).toMatchObject({ cloned: true, rows: 26 })
  // Changed by hand: told each time, and kept for nobody.
  const other = await shop.database(row('Deutschland'))
  expect(await shop.seed(other)).toMatchObject({ changedByHand: [{ model: 'Country' }] })
  expect(await shop.seed(await shop.database(row('Deutschland')))).toMatchObject({ changedByHand: [{ model: 'Country' }] })
  expect(await shop.kept()).toBe(1)
})

test('while somebody is connected the database is filled as usual, and its rows are kept for nobody', async () => {
  const shop = await createShop()
  const watched = await shop.database()
  const somebody = await connect(watched)
  await shop.seed(watched)
  expect(await shop.kept()).toBe(0)
  await somebody.end()

  await shop.seed(await shop.database())
  const busy = await shop.database()
  const other = await connect(busy)
  expect(await shop.seed(busy)).not.toHaveProperty('cloned')
  expect((await other.query('SELECT count(*)::int AS users FROM "User"')).rows).toEqual([{ users: 25 }])
  await other.end()
})

test('two runs at once into one database both end well', async () => {
  const shop = await createShop()
  await shop.seed(await shop.database())
  const database = await shop.database()
  await Promise.allSettled([shop.seed(database), shop.seed(database)])
  await shop.seed(database)
  expect(await rowsOf(database, 'SELECT (SELECT count(*) FROM "User"), (SELECT count(*) FROM "Country")')).toEqual(['25|2'])
  expect(await shop.leftovers()).toEqual([])
})

interface Shop {
  /** A database of the environment, with the tables, and more of whatever is asked for. */
  database(more?: string): Promise<DatabaseUrl>
  seed(database: DatabaseUrl, options?: Partial<SeedOptions>): Promise<SeedResult>
  write(files: Readonly<Record<string, string>>): void
  kept(): Promise<number>
  /** Rehearsals of the project. */
  leftovers(): Promise<readonly string[]>
}

async function createShop(): Promise<Shop> {
  const directory = createFolder({
    'prisma/schema.prisma': schema,
    'seed/generators.ts': generators,
    'seed/shout.ts': 'export const shout = (text: string): string => text.toUpperCase()\n',
    'seed/reference/Country.csv': 'code,name\nDE,Germany\nFR,France\n',
    'seed/environments/ci.ts': `export const environment = { rows: 25, clock: '2026-01-01T00:00:00Z' }\n`,
  })
  const namespace = resultsNamespace(createHash('sha256').update(directory).digest('hex'))
  const databases = (prefix: string): Promise<readonly string[]> =>
    rowsOf(testServer(), `SELECT datname FROM pg_database WHERE starts_with(datname, '${prefix}') ORDER BY 1`)
  const own = [templatePrefix(namespace), `tide_reh_${namespace.slice(0, 8)}`]
  onTestFinished(async () => {
    for (const name of (await Promise.all(own.map(databases))).flat()) await sql(testServer(), `DROP DATABASE "${name}"`)
  })
  return {
    database: async (more = '') => {
      const database = await createTestDatabase('kept')
      await sql(database, `${tables}${more}`)
      return database
    },
    seed: async (database, options = {}) => {
      const project = await openProject({ directory, variables: {} })
      const own = { ...project, environment: 'ci', database: { kind: 'embedded', name: database.database } } as const
      return seed({ project: own, environment: 'ci', database, now: Date.parse('2026-05-05'), ...options })
    },
    write: (files) => {
      writeFiles(directory, files)
    },
    kept: async () => (await databases(own[0] ?? '')).length,
    leftovers: () => databases(own[1] ?? ''),
  }
}

async function sql(database: DatabaseUrl, text: string): Promise<void> {
  await withConnection(database, (connection) => connection.query(text))
}
