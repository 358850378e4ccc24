import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/postgres/connect.ts'
import { revealUrl } from '../../src/postgres/database-url.ts'
import { createTestDatabase } from '../support/database.ts'
import { createFolder, writeFiles } from '../support/files.ts'
import { runTide, runTideJson } from '../support/run-tide.ts'

const step = (set: string): string => `import { defineData } from 'prisma-tide'
export default defineData({
  description: 'splits the full name',
  table: 'User',
  up: (batch) => \`UPDATE "User" SET first = ${set} WHERE \${batch()}\`,
  down: (batch) => \`UPDATE "User" SET first = NULL WHERE \${batch()}\`,
  check: 'SELECT id FROM "User" WHERE first IS NULL',
})
`

const files = {
  'tide.config.ts': "export default { environments: { dev: { urlVariable: 'DATABASE_URL' } } }\n",
  'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
  'prisma/migrations/1_user/migration.sql': `CREATE TABLE "User" (id int PRIMARY KEY, name text);
    INSERT INTO "User" SELECT n, 'Ann ' || n FROM generate_series(1, 3000) n;\n`,
  'prisma/migrations/1_user/down.sql': 'DROP TABLE "User";\n',
  'prisma/migrations/2_split/migration.sql': 'ALTER TABLE "User" ADD first text;\n',
  'prisma/migrations/2_split/down.sql': 'ALTER TABLE "User" DROP first;\n',
  'prisma/migrations/2_split/data.ts': step('split_part(name, 7, 1)').replace('description:', 'descriptoin:'),
}

test('a data step is type-checked first, run by up, told by status, and taken back by down', { timeout: 180_000 }, async () => {
  const database = await createTestDatabase()
  const project = createFolder(files)
  const options = { cwd: project, env: { DATABASE_URL: revealUrl(database) } }
  const run = (...words: readonly string[]) => runTide(words, options)
  const json = (...words: readonly string[]) => runTideJson(words, options)
  const connection = await connect(database)
  onTestFinished(() => connection.end())
  const split = async () => (await connection.query('SELECT FROM "User" WHERE first = $1', ['Ann'])).rowCount

  const untyped = await run('up')
  expect(untyped).toMatchObject({ exitCode: 2, stdout: '' })
  expect(untyped.stderr).toContain('PROJECT_SCRIPT_TYPES')
  expect(untyped.stderr).toContain('prisma/migrations/2_split/data.ts:3:3')
  expect((await connection.query("SELECT to_regclass('tide.data_step')::text AS it")).rows).toEqual([{ it: null }])

  writeFiles(project, { 'prisma/migrations/2_split/data.ts': step("split_part(name, ' ', 1)") })
  expect(await json('up')).toMatchObject({
    exitCode: 0,
    document: { applied: ['1_user', '2_split'], steps: [{ step: 'schema' }, { step: 'schema' }, { step: 'data', rows: 3000 }] },
  })
  expect(await split()).toBe(3000)
  const told = await run('data', 'status')
  expect(told).toMatchObject({ exitCode: 0 })
  expect(told.stdout).toContain('3,000 rows changed in ')

  writeFiles(project, {
    'prisma/migrations/3_lost/migration.sql': 'ALTER TABLE "User" ADD lost text;\n',
    'prisma/migrations/3_lost/data.ts': step('$$x$$').replace("table: 'User'", "table: 'Usr'"),
  })
  expect((await run('up')).stderr).toContain('DATA_TABLE_MISSING')
  expect((await connection.query(`SELECT FROM information_schema.columns WHERE column_name = 'lost'`)).rowCount).toBe(0)
  rmSync(join(project, 'prisma/migrations/3_lost'), { recursive: true })

  // As after `prisma migrate deploy`, which knows no data steps.
  await connection.query('DELETE FROM tide.data_step; UPDATE "User" SET first = NULL')
  expect(await json('status')).toMatchObject({
    exitCode: 4,
    document: { pending: 0, dataOwed: 1, migrations: [{}, { name: '2_split', state: 'applied', hasData: true, data: 'owed' }] },
  })
  expect((await run('data', 'skip', '1')).stderr).toContain('DATA_STEP_MISSING  1_user has no data step.')
  expect(await json('data', 'skip', '2')).toMatchObject({ exitCode: 0, document: { before: 'owed', state: 'skipped' } })
  expect(await json('status')).toMatchObject({ exitCode: 0, document: { dataOwed: 0, migrations: [{}, { data: 'skipped' }] } })
  expect(await json('data', 'resume', '2_split')).toMatchObject({ document: { before: 'skipped', state: 'owed' } })
  expect(await json('data', 'work', '--workers', '1')).toMatchObject({ exitCode: 0, document: { steps: [{ migration: '2_split', rows: 3000 }] } })
  expect(await split()).toBe(3000)
  expect(await json('down')).toMatchObject({ exitCode: 0, document: { rolledBack: ['2_split'], steps: [{ step: 'data' }, { step: 'schema' }] } })
})
