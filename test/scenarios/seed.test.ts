import { expect, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { revealUrl } from '../../src/postgres/database-url.ts'
import { createTestDatabase } from '../support/database.ts'
import { rowsOf } from '../support/database-rows.ts'
import { createFolder, writeFiles } from '../support/files.ts'
import { referenceProject } from '../support/reference-project.ts'
import { runTide, runTideJson } from '../support/run-tide.ts'
import { uncoveredStates } from '../support/uncovered-states.ts'

const schema = `datasource db {
  provider = "postgresql"
}

model Country {
  code  String @id @db.Char(2)
  name  String @unique
  users User[]
}

model User {
  id          Int     @id @default(autoincrement())
  email       String  @unique
  fullName    String
  countryCode String
  country     Country @relation(fields: [countryCode], references: [code])
}
`
const tables = `CREATE TABLE "Country" (code char(2) PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE "User" (id serial PRIMARY KEY, email text NOT NULL UNIQUE, "fullName" text NOT NULL,
  "countryCode" char(2) NOT NULL REFERENCES "Country");
`
const countries = 'code,name\nDE,Germany\nFR,France\n'

test('an environment is filled, a second run changes nothing, a change by hand is reported', async () => {
  const { run, json, sql, write, database } = await createProject()

  const early = await run('seed')
  expect(early).toMatchObject({ exitCode: 2, stdout: '' })
  expect(early.stderr).toContain('SEED_TABLES_MISSING')
  expect(early.stderr).toContain('`tide up`')
  await run('up')

  const dry = await json('seed', 'dev', '--dry-run')
  expect(dry.document).toMatchObject({ dryRun: true, rows: 22 })
  expect(await rowsOf(database, 'SELECT count(*) FROM "Country"')).toEqual(['0'])
  const first = await json('seed', 'dev')
  expect(first.exitCode).toBe(0)
  expect(first.document).toMatchObject({
    environment: 'dev',
    models: [
      { model: 'Country', reference: 2, generated: 0, unchanged: 0 },
      { model: 'User', reference: 0, generated: 20, unchanged: 0 },
    ],
    rows: 22,
    changedByHand: [],
    dryRun: false,
  })
  expect(await rowsOf(database, `SELECT count(*), count(*) FILTER (WHERE email LIKE '%@example.%') FROM "User"`)).toEqual(['20|20'])
  const before = await rowsOf(database, 'SELECT xmin, * FROM "User" UNION ALL SELECT xmin, 0, code, name, NULL FROM "Country" ORDER BY 2, 3')
  const again = await run('seed')
  expect([again.exitCode, again.stdout]).toEqual([0, expect.stringMatching(/^Nothing to change in dev: 22 rows/)])
  // A dry run tells what a run would do, not what it would have done on empty tables.
  expect((await run('seed', '--dry-run')).stdout).toMatch(/^Nothing to change in dev: 22 rows/)
  expect((await run('seed', '--dry-run', '--rows', '5')).stderr).toContain('SEED_FILLED_OTHERWISE')
  expect(await rowsOf(database, 'SELECT xmin, * FROM "User" UNION ALL SELECT xmin, 0, code, name, NULL FROM "Country" ORDER BY 2, 3')).toEqual(before)

  await sql(`UPDATE "Country" SET name = 'Deutschland' WHERE code = 'DE'`)
  const changed = await run('seed')
  expect(changed.exitCode).toBe(4)
  expect(changed.stdout).toContain('1 row changed by hand since Tide last wrote, and left alone')
  expect(changed.stdout).toContain('Country: name  (seed/reference/Country.csv:2)')
  expect((await run('seed', '--overwrite', '--reference-only')).exitCode).toBe(0)
  expect(await rowsOf(database, `SELECT name FROM "Country" WHERE code = 'DE'`)).toEqual(['Germany'])
  expect(await rowsOf(database, 'SELECT environment, changed_by_hand FROM tide.seed_history ORDER BY id')).toEqual([
    'dev|0',
    'dev|0',
    'dev|1',
    'dev|1',
  ])

  // A persona may point to reference data that is not asked for.
  write({ 'seed/personas.ts': `export const personas = { User: { ann: { email: 'ann@example.com', country: 'FR' } } }\n` })
  await run('seed', '--models', 'User', '--truncate', '--confirm', database.database)
  expect(await rowsOf(database, `SELECT count(*), max("countryCode") FILTER (WHERE email = 'ann@example.com') FROM "User"`)).toEqual(['20|FR'])
})

test('a mistake in a file or a flag is named with its place, and nothing is changed', async () => {
  const { run, write, database } = await createProject()
  await run('up')
  write({ 'seed/reference/Country.csv': 'code,name\nDE,Germany\nFR,France,x\n' })
  const broken = await run('seed')
  expect(broken.exitCode).toBe(2)
  expect(broken.stderr).toContain('SEED_REFERENCE_SYNTAX')
  expect(broken.stderr).toContain('seed/reference/Country.csv:3:11')
  write({ 'seed/reference/Country.csv': countries, 'seed/generators.ts': 'export const generators = { User: { emial: ["a"] } }\n' })
  const rule = await run('seed')
  expect(rule.stderr).toContain('SEED_RULE_FIELD_UNKNOWN')
  expect(rule.stderr).toContain('Did you mean email?')
  write({ 'seed/generators.ts': 'export const generators = {}\n', 'seed/environments/dev.ts': 'export const environment = { row: 3 }\n' })
  expect((await run('seed')).stderr).toContain('row is no key of an environment (did you mean rows?)')
  write({ 'seed/environments/dev.ts': "export const environment = { models: { Country: { per: 'User', rows: 2 } } }\n" })
  expect((await run('seed')).stderr).toContain('models.Country.per: no relation of Country leads to User')
  write({
    'seed/environments/dev.ts': 'export const environment = {}\n',
    'prisma/schema.prisma': `${schema}model Odd {\n  id Strng @id\n}\n`,
  })
  expect((await run('seed')).stderr).toContain('PRISMA_SCHEMA_INVALID')
  write({ 'seed/reference/Country.json': '[]' })
  const twice = await run('seed')
  expect(twice).toMatchObject({ exitCode: 2 })
  expect(twice.stderr).toContain('two files of reference data: seed/reference/Country.csv and seed/reference/Country.json')
  write({ 'seed/reference/dve/Country.csv': countries })
  expect((await run('seed')).stderr).toContain('Did you mean seed/reference/dev?')
  expect((await run('seed', 'dev', '--confirm', database.database)).stderr).toContain('--confirm would do nothing here')
  expect((await run('seed', 'dev', '--mark', '--from-database', '--rows', '5')).stderr).toContain('--rows, --from-database would do nothing')
  expect((await run('seed', 'stagin')).stderr).toContain('PROJECT_ENVIRONMENT_UNKNOWN')
  expect(await rowsOf(database, 'SELECT count(*) FROM "Country"')).toEqual(['0'])
})

test('a database that looks like production is refused, until it is marked', async () => {
  const { run, database } = await createProject('shop_prod')
  await run('up')
  const refused = await run('seed', 'dev')
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toContain('SEED_PRODUCTION')
  expect(refused.stderr).toContain(`Its name, ${database.database}, is that of a production database.`)
  expect(refused.stderr).toContain(`tide seed dev --mark --confirm ${database.database}`)
  expect(await rowsOf(database, 'SELECT count(*) FROM "Country"')).toEqual(['0'])

  expect((await run('seed', 'production', '--rows', '5')).stderr).toContain('SEED_ONLY_REFERENCE')
  expect((await run('seed', 'production')).exitCode).toBe(0)
  expect(await rowsOf(database, 'SELECT (SELECT count(*) FROM "Country"), (SELECT count(*) FROM "User")')).toEqual(['2|0'])

  expect((await run('seed', 'dev', '--mark', '--confirm', 'shop')).stderr).toContain('SEED_MARK_UNCONFIRMED')
  expect((await run('seed', 'dev', '--mark', '--confirm', database.database)).exitCode).toBe(0)
  expect((await run('seed', 'dev')).exitCode).toBe(0)
  expect((await run('seed', 'production')).stderr).toContain('SEED_ENVIRONMENT_MISMATCH')
  expect((await run('seed', 'dev', '--truncate')).stderr).toContain('SEED_TRUNCATE_UNCONFIRMED')
  // What cannot be filled afterwards is not emptied before: two countries, and three users of different ones.
  await rowsOf(database, 'DELETE FROM "User" WHERE id > 1')
  await rowsOf(database, 'CREATE UNIQUE INDEX one_each ON "User" ("countryCode")')
  const asked = ['seed', 'dev', '--truncate', '--confirm', database.database, '--rows', '3']
  for (const more of [[], ['--dry-run']]) expect((await run(...asked, ...more)).stderr).toContain('SEED_CAPACITY')
  expect(await rowsOf(database, 'SELECT (SELECT count(*) FROM "Country"), (SELECT count(*) FROM "User")')).toEqual(['2|1'])
  await rowsOf(database, 'DROP INDEX one_each')
  const emptied = await run(...asked)
  expect(emptied).toMatchObject({ exitCode: 0 })
  expect(await rowsOf(database, 'SELECT (SELECT count(*) FROM "Country"), (SELECT count(*) FROM "User")')).toEqual(['2|3'])
})

test('the reference project is filled as its files say, with people who are the same everywhere', async () => {
  const [dev, ci] = [await createTestDatabase('dev'), await createTestDatabase('ci')]
  const config = `export default { environments: { ci: { urlVariable: 'CI_URL' } } }\n`
  const folder = createFolder({ 'tide.config.ts': config, 'prisma.config.ts': prismaConfig })
  const { cpSync } = await import('node:fs')
  for (const part of ['prisma', 'seed']) cpSync(`${referenceProject}${part}`, `${folder}/${part}`, { recursive: true })
  const options = { cwd: folder, env: { DATABASE_URL: revealUrl(dev), CI_URL: revealUrl(ci) } }
  await runTide(['up'], options)
  await runTide(['up', '--env', 'ci'], options)

  expect(await runTide(['seed', 'dev'], options)).toMatchObject({ exitCode: 0 })
  expect(await runTide(['seed', 'ci'], options)).toMatchObject({ exitCode: 0 })
  expect((await runTide(['seed', 'dev'], options)).stdout).toContain('Nothing to change in dev')
  const people = `SELECT u.id, u.email, o.slug, m.role FROM users u JOIN memberships m ON m.user_id = u.id
    JOIN organisations o ON o.id = m.organisation_id WHERE u.email = 'alice@example.com' AND o.slug = 'acme'`
  expect(await rowsOf(dev, people)).toHaveLength(1)
  expect(await rowsOf(dev, people)).toEqual(await rowsOf(ci, people))
  expect(await rowsOf(dev, 'SELECT count(*) FROM orders')).toEqual(['60'])
  expect(await rowsOf(dev, `SELECT min(number) FROM orders`)).toEqual(['2026-000001'])
  // A rule for a column of a unique set is kept: the tracking number is what is distinct.
  expect(await rowsOf(dev, 'SELECT DISTINCT carrier FROM shipments ORDER BY 1')).toEqual(['DHL', 'DPD', 'UPS'])

  const covered = await runTideJson(['seed', 'ci'], options)
  expect(covered.document).toMatchObject({ rows: 0, cover: { missing: [] } })
  // Plans are reference data.
  expect(await withConnection(ci, uncoveredStates)).toEqual(['plans.currency_code one child'])
})

test('rows go into files and out of them, and are those that a direct run makes', async () => {
  const [direct, loaded] = [await createProject(), await createProject()]
  const people = 'SELECT id, email, "fullName", "countryCode" FROM "User" ORDER BY id'
  await direct.run('up')
  await loaded.run('up')
  const pinned = "export const environment = { clock: '2026-01-01T00:00:00Z', edges: 0.5 }\n"
  direct.write({ 'seed/environments/dev.ts': pinned })
  loaded.write({ 'seed/environments/dev.ts': pinned })
  const written = await loaded.run('seed', 'dev', '--to', 'rows', '--format', 'csv')
  expect([written.exitCode, written.stdout]).toEqual([0, expect.stringContaining('Wrote the rows of dev')])
  expect(await rowsOf(loaded.database, people)).toEqual([])
  expect((await loaded.run('seed', 'dev', '--from', 'rows')).exitCode).toBe(0)
  expect((await direct.run('seed', 'dev')).exitCode).toBe(0)
  expect(await rowsOf(loaded.database, people)).toHaveLength(20)
  expect(await rowsOf(loaded.database, people)).toEqual(await rowsOf(direct.database, people))
  expect((await loaded.run('seed', 'dev', '--from', 'rows')).stdout).toContain('Nothing to change in dev')
})

const prismaConfig =
  "export default { schema: 'prisma/schema.prisma', datasource: { url: process.env['DATABASE_URL'] } }\n"

async function createProject(prefix = 'shop') {
  const database = await createTestDatabase(prefix)
  const folder = createFolder({
    'prisma/schema.prisma': schema,
    'prisma.config.ts': prismaConfig,
    'prisma/migrations/1_tables/migration.sql': tables,
    'seed/reference/Country.csv': countries,
    'tide.config.ts': "export default { environments: { production: { urlVariable: 'DATABASE_URL' } } }\n",
  })
  const options = { cwd: folder, env: { DATABASE_URL: revealUrl(database) } }
  return {
    database,
    run: (...args: readonly string[]) => runTide(args, options),
    json: (...args: readonly string[]) => runTideJson(args, options),
    sql: (text: string) => withConnection(database, (connection) => connection.query(text)),
    write: (files: Readonly<Record<string, string>>) => {
      writeFiles(folder, files)
    },
  }
}
