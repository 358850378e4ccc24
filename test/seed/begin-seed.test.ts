import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { openProject } from '../../src/project/open-project.ts'
import { seed, type SeedOptions } from '../../src/seed/seed.ts'
import type { SeedResult } from '../../src/seed/seed-result.ts'
import { createTestDatabase } from '../support/database.ts'
import { rowsOf } from '../support/database-rows.ts'
import { failureOf } from '../support/failure.ts'
import { createFolder, writeFiles } from '../support/files.ts'

const schema = `datasource db {
  provider = "postgresql"
}

model Plan {
  id    Int    @id @default(autoincrement())
  code  String @unique
  users User[]
}

model User {
  id     Int    @id @default(autoincrement())
  email  String @unique
  planId Int
  plan   Plan   @relation(fields: [planId], references: [id])
}
`
const tables = `CREATE TABLE "Plan" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text NOT NULL UNIQUE);
  CREATE TABLE "User" (id serial PRIMARY KEY, email text NOT NULL UNIQUE, "planId" int NOT NULL REFERENCES "Plan");`
const state = `SELECT 'plan' AS what, p::text AS value FROM "Plan" p UNION ALL SELECT 'user', u::text FROM "User" u
  UNION ALL SELECT 'next', last_value::text FROM "User_id_seq"
  UNION ALL SELECT 'record', key::text FROM tide.reference_row ORDER BY 1, 2`
const plans = 'SELECT id, code FROM "Plan" ORDER BY id'
const users = 'SELECT u::text FROM "User" u ORDER BY 1'

test('rows of files find the reference data that they pointed to, whatever keys another database would give', async () => {
  const shop = createShop('code\nfree\nteam\n')
  const written = await databaseWith(`${tables} ALTER TABLE "Plan" ALTER id RESTART WITH 7`)
  await shop.seed(written)
  await shop.seed(written, { to: shop.rows })
  expect(await rowsOf(written, plans)).toEqual(['7|free', '8|team'])

  shop.write('code\ngold\nteam\nfree\n')
  const fresh = await databaseWith(tables)
  await shop.seed(fresh, { from: shop.rows })
  expect(await rowsOf(fresh, plans)).toEqual(['7|free', '8|team', '9|gold'])
  expect(await rowsOf(fresh, users)).toEqual(await rowsOf(written, users))
  expect(await rowsOf(fresh, `INSERT INTO "Plan" (code) VALUES ('next') RETURNING id`)).toEqual(['10'])

  const other = await databaseWith(tables)
  await shop.seed(other, { referenceOnly: true })
  const before = await rowsOf(other, state)
  const failure = await failureOf(() => shop.seed(other, { from: shop.rows }))
  expect(failure).toMatchObject({
    code: 'SEED_FILES_KEYS',
    message: '2 rows of public.Plan have other keys here than where the files were written.',
  })
  expect(await rowsOf(other, state)).toEqual(before)
  await shop.seed(other, { from: shop.rows, truncate: true, dryRun: true })
  expect(await rowsOf(other, state)).toEqual(before)
  await shop.seed(other, { from: shop.rows, truncate: true })
  expect(await rowsOf(other, plans)).toEqual(['7|free', '8|team', '9|gold'])
  expect(await rowsOf(other, users)).toEqual(await rowsOf(written, users))
  expect(await shop.seed(other, { from: shop.rows })).toMatchObject({ rows: 0 })
})

test('what is emptied for files comes back where they cannot be loaded', async () => {
  const shop = createShop('code\nfree\nteam\n')
  const database = await databaseWith(tables)
  await shop.seed(database)
  await shop.seed(database, { to: shop.rows })
  await change(database, `UPDATE "User" SET email = 'mine' || id; DELETE FROM "User" WHERE id > 10;
    SELECT setval('"User_id_seq"', 90); ALTER TABLE "User" ADD CONSTRAINT few CHECK (id <= 10)`)
  const before = await rowsOf(database, state)
  const empty = { from: shop.rows, truncate: true }
  const failure = await failureOf(() => shop.seed(database, empty))
  expect(failure).toMatchObject({ code: 'SEED_ROW_REFUSED', details: { meta: { constraint: 'few' } } })
  expect(failure.details.why).toContain('the database is as it was before')
  expect(await rowsOf(database, state)).toEqual(before)

  await change(database, 'ALTER TABLE "User" DROP CONSTRAINT few')
  const stop = new AbortController()
  const report = ({ stage }: { readonly stage: string }): void => {
    if (stage === 'making rows') stop.abort()
  }
  const stopped = await failureOf(() => shop.seed(database, { ...empty, signal: stop.signal, report }))
  expect(stopped).toMatchObject({ code: 'SEED_INTERRUPTED', details: { fix: 'Run the same command again.' } })
  expect(await rowsOf(database, state)).toEqual(before)

  expect(await shop.seed(database, empty)).toMatchObject({ rows: 22 })
  expect(await rowsOf(database, `SELECT count(*) FROM "User" WHERE email LIKE 'mine%'`)).toEqual(['0'])
})

interface Shop {
  /** Absolute, of the files. */
  readonly rows: string
  seed(database: DatabaseUrl, options?: Partial<SeedOptions>): Promise<SeedResult>
  /** The declared plans. */
  write(plans: string): void
}

function createShop(declared: string): Shop {
  const directory = createFolder({
    'prisma/schema.prisma': schema,
    'seed/reference/Plan.csv': declared,
    'seed/environments/ci.ts': `export const environment = { rows: 20, clock: '2026-01-01T00:00:00Z' }\n`,
  })
  return {
    rows: join(directory, 'rows'),
    seed: async (database, options = {}) => {
      const project = await openProject({ directory, variables: {} })
      const own = { ...project, environment: 'ci', database: { kind: 'url', url: database, source: 'DATABASE_URL' } } as const
      return seed({ project: own, environment: 'ci', database, now: 0, confirm: database.database, ...options })
    },
    write: (plansText) => {
      writeFiles(directory, { 'seed/reference/Plan.csv': plansText })
    },
  }
}

async function databaseWith(sql: string): Promise<DatabaseUrl> {
  const database = await createTestDatabase('shop')
  await change(database, sql)
  return database
}

async function change(database: DatabaseUrl, sql: string): Promise<void> {
  await withConnection(database, (connection) => connection.query(sql))
}
