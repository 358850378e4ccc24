import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { revealUrl } from '../../src/postgres/database-url.ts'
import { createTestDatabase } from '../support/database.ts'
import { rowsOf } from '../support/database-rows.ts'
import { createFolder, writeFiles } from '../support/files.ts'
import { type Run, runTide } from '../support/run-tide.ts'

const schema = `datasource db {
  provider = "postgresql"
}

model User {
  id       Int    @id @default(autoincrement())
  email    String @unique
  nickname String
  bio      String
  joined   DateTime
  leadId   Int?
  lead     Team?  @relation("lead", fields: [leadId], references: [id])
  teamId   Int
  team     Team   @relation("member", fields: [teamId], references: [id])
}

model Team {
  id      Int    @id @default(autoincrement())
  name    String
  headId  Int?
  head    Team?  @relation("head", fields: [headId], references: [id])
  parts   Team[] @relation("head")
  leads   User[] @relation("lead")
  members User[] @relation("member")
}
`
const tables = `CREATE TABLE "Team" (id serial PRIMARY KEY, name text NOT NULL, "headId" int REFERENCES "Team");
CREATE TABLE "User" (id serial PRIMARY KEY, email text NOT NULL UNIQUE, nickname text NOT NULL, bio text NOT NULL,
  joined timestamptz NOT NULL, "leadId" int REFERENCES "Team", "teamId" int NOT NULL REFERENCES "Team");
`
const generators = `import { shout } from './shout.ts'
export const generators = { User: {
  nickname: ({ person, random, index }) => shout(person.handle + index + '\\t' + random.below(9)),
  bio: { after: ['nickname'], make: ({ get, address }) => get('nickname') + ' of ' + address.city },
}, Team: { name: ['north', 'south', "it's"] } }
`

const content = `SELECT md5(string_agg(u::text, ',' ORDER BY id)), count(*) FROM "User" AS u UNION ALL
  SELECT md5(string_agg(t::text, ',' ORDER BY id)), count(*) FROM "Team" AS t`

test('two workers give the same bytes as none, with the rules of the user, into the database and into files', async () => {
  const [alone, together] = [await createTestDatabase('shop'), await createTestDatabase('shop')]
  const folder = createFolder({
    'prisma/schema.prisma': schema,
    'prisma.config.ts': `export default { schema: 'prisma/schema.prisma', datasource: { url: process.env['DATABASE_URL'] } }\n`,
    'prisma/migrations/1_tables/migration.sql': tables,
    'seed/generators.ts': generators,
    'seed/shout.ts': 'export const shout = (text: string): string => text.toUpperCase()\n',
    'seed/personas.ts': `export const personas = { Team: { core: { name: 'core' } } }\n`,
    'seed/environments/dev.ts': `export const environment = { clock: '2026-01-01T00:00:00Z', rows: 2300 }\n`,
  })
  const run = (database: typeof alone, ...args: readonly string[]): Promise<Run> =>
    runTide(args, { cwd: folder, env: { DATABASE_URL: revealUrl(database) } })
  await run(alone, 'up')
  await run(together, 'up')

  for (const format of ['copy', 'csv']) {
    expect((await run(alone, 'seed', 'dev', '--to', `${format}0`, '--format', format)).exitCode).toBe(0)
    expect((await run(alone, 'seed', 'dev', '--to', `${format}2`, '--format', format, '--workers', '2')).exitCode).toBe(0)
    expect(filesIn(join(folder, `${format}2`))).toEqual(filesIn(join(folder, `${format}0`)))
  }
  expect((await run(alone, 'seed', 'dev')).exitCode).toBe(0)
  expect((await run(together, 'seed', 'dev', '--workers', '2')).exitCode).toBe(0)
  expect(await rowsOf(together, content)).toEqual(await rowsOf(alone, content))
  expect(await rowsOf(alone, `SELECT count(*) FROM "User" WHERE bio LIKE upper(nickname) || ' of %'`)).toEqual(['2300'])
  expect(await rowsOf(alone, `SELECT count(*) FROM "Team" WHERE name = 'core'`)).toEqual(['1'])

  writeFiles(folder, { 'seed/generators.ts': 'export const generators = { User: { joined: ({ index }) => index === 2100 ? fail() : new Date(0) } }\nconst fail = () => { throw new Error("not this one") }\n' })
  const failed = await run(together, 'seed', 'dev', '--workers', '2', '--truncate', '--confirm', together.database)
  expect(failed.stderr).toContain('SEED_RULE_THREW')
  expect(failed.stderr).toContain('the function for User.joined failed for row 2100')
  expect(failed.stderr).toContain('not this one')
  expect(failed.exitCode).toBe(2)
})

function filesIn(directory: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]))
}
