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

test('a data step is type-checked first, run by up, told by status, and taken back by down', { timeout: 60_000 }, async () => {
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

  writeFiles(project, { 'prisma/migrations/2_split/data.ts': step("nosuch(name, ' ', 1)") })
  const wrong = await json('up')
  expect(wrong).toMatchObject({ exitCode: 2, document: { error: { code: 'DATA_STATEMENT_INVALID', applied: ['1_user', '2_split'] } } })
  expect(await json('status')).toMatchObject({
    exitCode: 4,
    document: { pending: 0, dataOwed: 1, migrations: [{}, { name: '2_split', state: 'applied', hasData: true, data: 'owed' }] },
  })

  writeFiles(project, { 'prisma/migrations/2_split/data.ts': step("split_part(name, ' ', 1)") })
  expect(await json('data', 'status')).toMatchObject({ exitCode: 4, document: { owed: 1, steps: [{ migration: '2_split', state: 'owed' }] } })
  expect(await json('up')).toMatchObject({
    exitCode: 0,
    document: { applied: [], steps: [{ migration: '2_split', step: 'data', rows: 3000 }] },
  })
  expect(await split()).toBe(3000)
  expect(await json('data', 'status')).toMatchObject({
    exitCode: 0,
    document: { owed: 0, steps: [{ state: 'done', done: 3000, total: 3000, changed: 3000, quarantined: [] }] },
  })
  expect((await run('data', 'status')).stdout).toContain('3,000 rows changed in ')

  expect(await json('down')).toMatchObject({ exitCode: 0, document: { rolledBack: ['2_split'], steps: [{ step: 'data' }, { step: 'schema' }] } })
  await json('up', '--workers', '1', '--batch-time', '50')
  expect(await split()).toBe(3000)
  expect((await run('data', 'work')).stdout).toContain('No data step is owed')
})
