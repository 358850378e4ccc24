import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { revealUrl } from '../../src/postgres/database-url.ts'
import { createTestDatabase } from '../support/database.ts'
import { rowsOf } from '../support/database-rows.ts'
import { createFolder } from '../support/files.ts'
import { type Run, runProcess, runTide, tideBin } from '../support/run-tide.ts'

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
const tables = `CREATE TABLE "Plan" (id serial PRIMARY KEY, code text NOT NULL UNIQUE);
CREATE TABLE "User" (id serial PRIMARY KEY, email text NOT NULL UNIQUE, "planId" int NOT NULL REFERENCES "Plan");
`
const counts = 'SELECT (SELECT count(*) FROM "Plan"), (SELECT count(*) FROM "User")'

test('writing files changes nothing in the database, also where rows point to reference data that is not there yet', async () => {
  const database = await createTestDatabase('shop')
  const folder = createFolder({
    'prisma/schema.prisma': schema,
    'prisma.config.ts': `export default { schema: 'prisma/schema.prisma', datasource: { url: process.env['DATABASE_URL'] } }\n`,
    'prisma/migrations/1_tables/migration.sql': tables,
    'seed/reference/Plan.csv': 'code\nfree\nteam\n',
    'tide.config.ts': `export default { environments: { qa: { urlVariable: 'DATABASE_URL' } } }\n`,
  })
  const options = { cwd: folder, env: { DATABASE_URL: revealUrl(database) } }
  const run = (...args: readonly string[]): Promise<Run> => runTide(args, options)
  await run('up')

  const state = `SELECT (SELECT count(*) FROM "Plan"), (SELECT last_value || is_called::text FROM "Plan_id_seq"),
    to_regclass('tide.seed_run') IS NULL, to_regclass('tide.reference_row') IS NULL, to_regclass('tide.seed_history') IS NULL`
  const before = await rowsOf(database, state)
  expect((await run('seed', 'dev', '--dry-run')).exitCode).toBe(0)
  expect((await run('seed', 'dev', '--to', 'rows', '--dry-run')).stdout).toMatch(/^Would write the rows of dev to .*rows, 20 rows\./)
  expect((await run('seed', 'dev', '--to', 'rows')).stdout).toMatch(/^Wrote the rows of dev to .*rows, 20 rows in /)
  expect(await rowsOf(database, state)).toEqual(before)

  expect((await run('seed', 'qa', '--from', 'rows')).stderr).toContain('SEED_FILES_ENVIRONMENT')
  expect(await rowsOf(database, state)).toEqual(before)
  expect((await run('seed', 'dev', '--from', 'rows')).stdout).toContain('User  20 generated')
  expect(await rowsOf(database, counts)).toEqual(['2|20'])
  expect((await run('seed', 'dev', '--from', 'rows')).stdout).toContain('Nothing to change in dev')

  // Emptied and loaded anew, the numbers begin anew as well.
  await rowsOf(database, `UPDATE "User" SET email = 'mine' || id`)
  const emptied = await run('seed', 'dev', '--from', 'rows', '--truncate', '--confirm', database.database)
  expect(emptied.stdout).toContain('User  20 generated')
  expect(await rowsOf(database, `SELECT count(*) FROM "User" WHERE email LIKE 'mine%'`)).toEqual(['0'])
})

test('a file system that takes no more: the folder is left as it was', async () => {
  const database = await createTestDatabase('shop')
  const folder = createFolder({
    'prisma/schema.prisma': schema,
    'prisma.config.ts': `export default { schema: 'prisma/schema.prisma', datasource: { url: process.env['DATABASE_URL'] } }\n`,
    'prisma/migrations/1_tables/migration.sql': tables,
  })
  const options = { cwd: folder, env: { DATABASE_URL: revealUrl(database) } }
  await runTide(['up'], options)
  // A limit of the size of files in the place of a full disk: the same call fails, for another reason.
  const limited = ['-c', 'ulimit -f 200 && exec "$0" "$@"', process.execPath, tideBin]
  const full = await runProcess('sh', [...limited, 'seed', 'dev', '--to', 'rows', '--rows', '9000'], options)
  expect(full.exitCode).toBe(2)
  expect(full.stderr).toContain('SEED_FILES_WRITE')
  expect(readdirSync(join(folder, 'rows'))).toEqual(['.tide-unfinished'])
  expect((await runTide(['seed', 'dev', '--to', 'rows', '--rows', '9000'], options)).exitCode).toBe(0)
  expect(existsSync(join(folder, 'rows', 'manifest.json'))).toBe(true)
})
