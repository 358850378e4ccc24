import type { ChildProcess } from 'node:child_process'
import { expect, test, vi } from 'vitest'
import { connect } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import { createTestDatabase } from '../support/database.ts'
import { rowsOf } from '../support/database-rows.ts'
import { createFolder } from '../support/files.ts'
import { runTide } from '../support/run-tide.ts'

const schema = `datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id @default(autoincrement())
  email String @unique
  posts Post[]
}

model Post {
  id     Int    @id @default(autoincrement())
  title  String
  userId Int
  user   User   @relation(fields: [userId], references: [id])
  notes  Note[]
}

model Note {
  id     Int    @id @default(autoincrement())
  body   String
  postId Int
  post   Post   @relation(fields: [postId], references: [id])
}
`
const tables = `CREATE TABLE "User" (id serial PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE TABLE "Post" (id serial PRIMARY KEY, title text NOT NULL, "userId" int NOT NULL REFERENCES "User");
CREATE TABLE "Note" (id serial PRIMARY KEY, body text NOT NULL, "postId" int NOT NULL REFERENCES "Post");
`
const content = `SELECT md5(string_agg(p::text, ',' ORDER BY id)), count(*) FROM "Post" AS p UNION ALL
  SELECT md5(string_agg(n::text, ',' ORDER BY id)), count(*) FROM "Note" AS n`
const counts = 'SELECT (SELECT count(*) FROM "User"), (SELECT count(*) FROM "Post"), (SELECT count(*) FROM "Note")'

test.each([
  // The table that is being filled is finished, and the next one is not begun.
  ['SIGINT', 130, 'SEED_INTERRUPTED', '2500|2500|0'],
  ['SIGKILL', null, '', '2500|0|0'],
] as const)('%s while the second table is filled: whole tables stay, the same command goes on', async (...args) => {
  const [name, exitCode, says, left] = args
  const [database, other] = [await createTestDatabase('shop'), await createTestDatabase('shop')]
  await runTide(['up'], optionsFor(database))
  await runTide(['up'], optionsFor(other))

  // Somebody's lock makes the command wait in the middle of its work.
  const holder = await connect(database)
  await holder.query('BEGIN; LOCK TABLE "Post" IN SHARE ROW EXCLUSIVE MODE')
  const during = async (child: ChildProcess): Promise<void> => {
    try {
      await vi.waitFor(async () => {
        expect(await rowsOf(database, waiting)).toEqual(['1'])
      }, { timeout: 20_000, interval: 20 })
      child.kill(name)
    } finally {
      await holder.end()
    }
  }
  const stopped = await runTide(['seed', 'dev', '--rows', '2500'], { ...optionsFor(database), during })
  expect(stopped.exitCode).toBe(exitCode)
  expect(stopped.stderr).toContain(says)
  expect(await rowsOf(database, counts)).toEqual([left])
  const again = await runTide(['seed', 'dev', '--rows', '2500'], optionsFor(database))
  expect(again.stdout).not.toContain('User')
  expect(await rowsOf(database, counts)).toEqual(['2500|2500|2500'])

  await runTide(['seed', 'dev', '--rows', '2500'], optionsFor(other))
  expect(await rowsOf(database, content)).toEqual(await rowsOf(other, content))
})

const waiting = `SELECT count(*) FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'COPY%'`

function optionsFor(database: DatabaseUrl) {
  const folder = createFolder({
    'prisma/schema.prisma': schema,
    'prisma.config.ts': `export default { schema: 'prisma/schema.prisma', datasource: { url: process.env['DATABASE_URL'] } }\n`,
    'prisma/migrations/1_tables/migration.sql': tables,
    'seed/environments/dev.ts': `export const environment = { clock: '2026-01-01T00:00:00Z' }\n`,
  })
  return { cwd: folder, env: { DATABASE_URL: revealUrl(database) } }
}
