import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import { createTestDatabase } from '../support/database.ts'
import { createFolder, writeFiles } from '../support/files.ts'
import { type Run, runTide, runTideJson } from '../support/run-tide.ts'

const migrations = {
  'prisma/migrations/1_user/migration.sql': 'CREATE TABLE "User" (id int PRIMARY KEY, email text);\n',
  'prisma/migrations/1_user/down.sql': 'DROP TABLE "User";\n',
  'prisma/migrations/2_email/migration.sql': 'CREATE UNIQUE INDEX CONCURRENTLY email ON "User" (email);\n',
  'prisma/migrations/2_email/down.sql': '-- tide: incomplete reason="nothing keeps duplicates out"\nDROP INDEX email;\n',
}

test('up, status and down tell a person what they did', async () => {
  const { run, database } = await createProject(migrations)

  expect(await run('status')).toMatchObject({
    exitCode: 4,
    stdout: `${database.toString()}
  pending      1_user
  pending      2_email  (rollback incomplete: nothing keeps duplicates out)
0 applied, 2 pending. Apply with: tide up
`,
  })
  const up = await run('up')
  expect(up.exitCode).toBe(0)
  expect(withoutTimes(up.stdout)).toBe(`Applied 2 migrations to ${database.toString()} in N ms.
  1_user   1 statement, N ms
  2_email  1 statement, N ms
`)
  expect((await run('up')).stdout).toBe(`Nothing to apply to ${database.toString()}.\n`)
  expect(await run('status')).toMatchObject({
    exitCode: 0,
    stdout: `${database.toString()}
  applied      1_user
  applied      2_email  (rollback incomplete: nothing keeps duplicates out)
2 applied, 0 pending.
`,
  })
  const refused = await run('down')
  expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
  expect(refused.stderr).toContain('2_email: nothing keeps duplicates out')
  const unnamed = await run('down', '--to', '0', '--accept-loss', '--confirm', 'another')
  expect(unnamed).toMatchObject({ exitCode: 2, stdout: '' })
  expect(unnamed.stderr).toContain(`--confirm ${database.database}`)
  const down = await run('down', '--to', '0', '--accept-loss', '--confirm', database.database)
  expect(withoutTimes(down.stdout)).toBe(`Rolled back 2 migrations in ${database.toString()} in N ms.
  2_email  1 statement, N ms
  1_user   1 statement, N ms
`)
  expect((await run('down')).stdout).toBe(`Nothing to roll back in ${database.toString()}.\n`)
})

test('up, status and down print one JSON document each', async () => {
  const { json } = await createProject(migrations)

  expect(await json('up', '--to', '1')).toMatchObject({
    applied: ['1_user'],
    outOfOrder: [],
    steps: [{ migration: '1_user', step: 'schema', statements: 1, attempts: 1 }],
  })
  expect(await json('status')).toMatchObject({
    migrations: [
      { name: '1_user', state: 'applied', hasDown: true, hasData: false },
      { name: '2_email', state: 'pending', hasDown: true, hasData: false },
    ],
    pending: 1,
    drift: false,
  })
  expect(await json('down')).toMatchObject({ rolledBack: ['1_user'], steps: [{ migration: '1_user' }] })
})

test('a failure in the middle tells what was applied, what failed and what was not tried', async () => {
  const { run, write } = await createProject({
    ...migrations,
    'prisma/migrations/3_bad/migration.sql': 'SELECT 1;\nALTER TABLE "User"\n  ADD COLUMN é inta;\n',
    'prisma/migrations/4_next/migration.sql': 'SELECT 1;\n',
  })

  const failed = await run('up', '--quiet')

  expect(failed).toMatchObject({ exitCode: 2, stdout: '' })
  expect(failed.stderr).toContain('3_bad/migration.sql: type "inta" does not exist (SQLSTATE 42704).')
  expect(failed.stderr).toContain('Applied before it: 1_user, 2_email. Stopped at: 3_bad. Not tried: 4_next.')
  expect(failed.stderr).toMatch(/3_bad.migration\.sql:3:16\n/)
  expect(failed.stderr).toContain(`    3 |   ADD COLUMN é inta\n      |                ^\n`)
  write({ 'prisma/migrations/3_bad/migration.sql': 'SELECT 1;\n', 'prisma/migrations/2_email/migration.sql': 'SELECT 2;\n' })
  const { stdout, exitCode } = await run('status')
  expect(exitCode).toBe(4)
  expect(stdout).not.toContain('Apply with')
  expect(stdout).toContain('tide up would refuse: 2_email was changed after being applied. (APPLY_MIGRATION_EDITED)\n')
  expect(stdout).toContain("  Restore the file (git checkout -- '*/2_email/migration.sql')")
  write(migrations)
  expect(await run('up')).toMatchObject({ exitCode: 0 })
})

test('the password of the URL is in no output', async () => {
  const { database, folder } = await createProject(migrations)
  const url = new URL(revealUrl(database))
  url.password = 'hunter2'
  url.pathname = '/nowhere'

  for (const command of ['up', 'down', 'status']) {
    const run = await runTide([command], { cwd: folder, env: { DATABASE_URL: url.toString() } })
    expect(run.exitCode).toBe(2)
    expect(run.stdout + run.stderr).not.toContain('hunter2')
  }
})

test('Ctrl-C stops between two commit groups, and the next run goes on', async () => {
  const { run, folder, env, database } = await createProject({
    'prisma/migrations/1_two_groups/migration.sql': 'CREATE TABLE a (); COMMIT; ALTER TABLE held ADD COLUMN a int;\n',
    'prisma/migrations/2_next/migration.sql': 'SELECT 1;\n',
  })
  const connection = await connect(database)
  onTestFinished(() => connection.end())
  await connection.query('CREATE TABLE held ()')
  await connection.query('BEGIN; LOCK TABLE held')

  const stopped = await runTide(['up'], { cwd: folder, env, interruptAt: 'waiting for a lock' })
  await connection.query('COMMIT')

  expect(stopped).toMatchObject({ exitCode: 130, stdout: '' })
  expect(stopped.stderr).toContain('APPLY_INTERRUPTED')
  expect(stopped.stderr).toContain('Applied before it: none. Stopped at: 1_two_groups. Not tried: 2_next.')
  expect((await run('status')).stdout).toContain('failed       1_two_groups  (stopped midway (up); run tide up again, no down.sql)')
  expect(await run('up')).toMatchObject({ exitCode: 0 })
})

test('status --drift finds what the ledger does not explain', async () => {
  const { json, run, database } = await createProject(migrations)
  onTestFinished(async () => {
    await run('db', 'stop')
  })
  await run('up')
  const connection = await connect(database)
  onTestFinished(() => connection.end())

  expect(await json('status', '--drift')).toMatchObject({ drift: false, driftChecked: true, differences: [] })
  await connection.query('ALTER TABLE "User" ADD COLUMN by_hand int')
  const drifted = await run('status', '--drift')

  expect(drifted.exitCode).toBe(4)
  expect(drifted.stdout).toContain('Drift: the catalog is not what the ledger says (1):\n  column public."User".by_hand: added')
})

async function createProject(files: Readonly<Record<string, string>>) {
  const database: DatabaseUrl = await createTestDatabase()
  const folder = createFolder({
    'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
    'prisma.config.ts':
      "export default { schema: 'prisma/schema.prisma', datasource: { url: process.env['DATABASE_URL'] } }\n",
    ...files,
  })
  const env = { DATABASE_URL: revealUrl(database) }
  return {
    database,
    folder,
    env,
    write: (more: Readonly<Record<string, string>>) => {
      writeFiles(folder, more)
    },
    run: (...args: readonly string[]): Promise<Run> => runTide(args, { cwd: folder, env }),
    json: async (...args: readonly string[]) => (await runTideJson(args, { cwd: folder, env })).document,
  }
}

function withoutTimes(text: string): string {
  return text.replaceAll(/\d+ ms/g, 'N ms')
}
