import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { parseDatabaseUrl, withDatabase } from '../../src/postgres/database-url.ts'
import { stopEmbeddedServer } from '../../src/postgres/embedded/stop-server.ts'
import { rowsOf } from '../support/database-rows.ts'
import { createFolder } from '../support/files.ts'
import { runTide, runTideJson } from '../support/run-tide.ts'

const files = {
  'prisma/schema.prisma': `datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id @default(autoincrement())
  email String @unique
}
`,
  'prisma/migrations/1_tables/migration.sql': 'CREATE TABLE "User" (id serial PRIMARY KEY, email text NOT NULL UNIQUE);\n',
  'seed/environments/dev.ts': `export const environment = { rows: 50, clock: '2026-01-01T00:00:00Z' }\n`,
}
const content = 'SELECT md5(string_agg(u::text, chr(10) ORDER BY id)), count(*) FROM "User" u'

test('the command clones what it made before; killed while it does, it leaves the old database whole', { timeout: 60_000 }, async () => {
  const cwd = createFolder(files)
  onTestFinished(async () => {
    await stopEmbeddedServer({ directory: join(cwd, '.tide') })
  })
  await runTide(['up'], { cwd })
  const database = parseDatabaseUrl((await runTide(['db', 'url'], { cwd })).stdout.trim(), 'tide db url')
  const server = withDatabase(database, 'postgres')
  const databases = (prefix: string): Promise<readonly string[]> =>
    rowsOf(server, `SELECT count(*) FROM pg_database WHERE starts_with(datname, '${prefix}')`)

  expect((await runTide(['seed'], { cwd })).stdout).not.toContain('cloned')
  const made = await rowsOf(database, content)
  await runTide(['seed', '--truncate'], { cwd })
  await withConnection(database, (one) => one.query(`UPDATE "User" SET email = 'mine@example.com' WHERE id = 1`))
  const mine = await rowsOf(database, content)

  // Whoever comments on a database makes those wait who would rename it.
  await withConnection(server, async (holder) => {
    await holder.query(`BEGIN; COMMENT ON DATABASE dev IS NULL`)
    const during = async (child: ChildProcess): Promise<void> => {
      await vi.waitFor(async () => {
        expect(await rowsOf(server, waiting)).toEqual(['1'])
      }, { timeout: 20_000, interval: 20 })
      child.kill('SIGKILL')
    }
    expect((await runTide(['seed', '--truncate'], { cwd, during })).exitCode).toBe(null)
    await holder.query('COMMIT')
  })
  await vi.waitFor(async () => {
    expect(await rowsOf(server, `SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'tide rehearsals%'`)).toEqual(['0'])
  }, { timeout: 20_000, interval: 20 })
  expect(await rowsOf(database, content)).toEqual(mine)
  expect(await databases('tide_reh_')).toEqual(['1'])

  const again = await runTideJson(['seed', '--truncate'], { cwd })
  expect(again).toMatchObject({ exitCode: 0, document: { cloned: true, rows: 50, models: [{ model: 'User', generated: 50 }] } })
  expect(await rowsOf(database, content)).toEqual(made)
  expect(await databases('tide_reh_')).toEqual(['0'])
  expect((await runTide(['seed', '--truncate'], { cwd })).stdout).toMatch(
    /^Seeded dev with 50 rows in \d+ ms, cloned from an earlier run\. .*\n {2}User {2}50 generated\n$/,
  )
  expect((await runTideJson(['db', 'status'], { cwd })).document).toMatchObject({ seeds: { count: 1 }, rehearsals: { count: 0 } })
})

const waiting = `SELECT count(*) FROM pg_stat_activity
  WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER DATABASE "dev" RENAME TO%'`
