import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { revealUrl } from '../../src/postgres/database-url.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import { createTestDatabase, testServer } from '../support/database.ts'
import { createFolder, writeFiles } from '../support/files.ts'
import { runProcess, runTide, runTideJson } from '../support/run-tide.ts'

const files = {
  'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n\nmodel User {\n  id Int @id\n}\n',
  'prisma/migrations/1_user/migration.sql': 'CREATE TABLE "User" (id int PRIMARY KEY, email text, fax text);\n',
  'prisma/migrations/1_user/down.sql': 'DROP TABLE "User";\n',
  'prisma/migrations/2_fax/migration.sql': 'ALTER TABLE "User" DROP COLUMN fax;\n',
  'prisma/migrations/2_fax/down.sql': 'ALTER TABLE "User" ADD COLUMN fax text;\n',
  'prisma/migrations/3_email/migration.sql': 'CREATE UNIQUE INDEX email ON "User" (email);\n',
  'prisma/migrations/3_email/down.sql': 'DROP INDEX email;\n',
}

/** A project whose rehearsals are made on the test server. */
async function createProject() {
  const database = await createTestDatabase('proofs')
  const url = revealUrl(database)
  const directory = createFolder({
    ...files,
    'prisma.config.ts': `export default { schema: 'prisma/schema.prisma', datasource: { url: '${url}' } }\n`,
    'tide.config.ts': `export default { rehearsal: { url: '${revealUrl(testServer())}' } }\n`,
  })
  const at = { cwd: directory }
  return {
    directory,
    database,
    run: (...line: string[]) => runTide(line, at),
    json: (...line: string[]) => runTideJson(line, at),
    git: (...line: string[]) => runProcess('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...line], at),
  }
}

test('verify writes proofs, check reads them, and an acceptance ends the finding', async () => {
  const { directory, run, json } = await createProject()
  const missing = await json('check')
  expect(missing).toMatchObject({ exitCode: 4, document: { summary: { migrations: 3, errors: 3, warnings: 0 } } })

  const first = await json('verify')
  expect(first.exitCode).toBe(4)
  expect(first.document).toMatchObject({
    migrations: [
      { name: '1_user', verdict: 'exact', losses: [], unaccepted: [] },
      { name: '2_fax', verdict: 'lossy', losses: [{ object: 'public.User.fax' }], unaccepted: ['lossy'] },
      {
        name: '3_email',
        verdict: 'fails',
        breaking: [{ object: 'public.User.email', rows: 'rows with the same value', error: { sqlstate: '23505' } }],
      },
    ],
    summary: { exact: 1, lossy: 1, irreversible: 0, fails: 1 },
  })
  const proof = readFileSync(join(directory, 'prisma/migrations/2_fax/proof.json'), 'utf8')
  expect((await run('verify')).stdout).toContain('every proof holds')
  expect(await json('status')).toMatchObject({
    document: { migrations: [{ verdict: 'exact' }, { verdict: 'lossy' }, { verdict: 'fails' }] },
  })

  writeFiles(directory, {
    'prisma/migrations/2_fax/migration.sql': `-- tide: allow lossy reason="nobody faxes"\n${files['prisma/migrations/2_fax/migration.sql']}`,
  })
  expect(await json('check')).toMatchObject({ exitCode: 4, document: { findings: [{ rule: 'proof-fails', migration: '3_email' }] } })
  const again = await run('verify', '2_fax', '--rows', '10')
  expect(again).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('rehearsing') as string })
  expect(again.stdout).toContain('lossy        2_fax  (accepted)')
  expect(readFileSync(join(directory, 'prisma/migrations/2_fax/proof.json'), 'utf8')).toBe(proof)
})

test('an environment is asked for rows that would break what is pending there', async () => {
  const { run, json, database } = await createProject()
  await run('up', '--to', '2_fax')
  const rows = `INSERT INTO "User" VALUES (1, 'a@example.com'), (2, 'b@example.com'), (3, 'a@example.com')`
  await withConnection(database, (connection) => connection.query(rows))
  const asked = await json('verify', '--against', 'dev')
  expect(asked.exitCode).toBe(4)
  const [found] = (asked.document['against'] as { readonly rows: readonly object[] }).rows
  expect(asked.document).toMatchObject({
    migrations: [{ name: '3_email', verdict: 'fails' }],
    against: { environment: 'dev', pending: ['3_email'] },
  })
  expect(found).toMatchObject({ object: 'public.User.email', count: 2, keys: ['{"id":1}', '{"id":3}'] })
  expect((await run('verify', '--against', 'dev')).stdout).toContain('2 rows would break 3_email')
})

test('a data step is run between the files, there, back and there again', async () => {
  const { directory, run, json } = await createProject()
  const step = (name: string, down: string, up = 'email'): Readonly<Record<string, string>> => ({
    [`prisma/migrations/${name}/migration.sql`]: `ALTER TABLE "User" ADD "${name}" text;\n`,
    [`prisma/migrations/${name}/down.sql`]: `ALTER TABLE "User" DROP "${name}";\n`,
    [`prisma/migrations/${name}/data.ts`]: `import { defineData } from 'prisma-tide'
export default defineData({
  table: 'User',
  up: (batch) => \`UPDATE "User" SET "${name}" = ${up}, email = upper(email) || 1 WHERE email IS NOT NULL AND \${batch()}\`,
  down: ${down},
  check: 'SELECT id FROM "User" WHERE email IS NOT NULL AND "${name}" IS NULL',
})\n`,
  })
  const exact = step('2_exact', `{ restore: ['email'] }`)
  writeFiles(directory, {
    ...exact,
    ...step('3_lossy', '(batch) => `UPDATE "User" SET email = lower(email) WHERE ${batch()}`'),
    ...step('4_stuck', `{ reason: 'nobody knows' }`),
    ...step('5_fails', `{ restore: ['email'] }`, `email || (1 / (length(email) - length(email)))`),
  })
  const names = ['2_exact', '3_lossy', '4_stuck', '5_fails']
  expect((await json('verify', ...names)).document).toMatchObject({
    migrations: [
      { verdict: 'exact', losses: [], notes: [] },
      { verdict: 'lossy', losses: [{ object: 'public.User.email', rows: 10 }] },
      { verdict: 'irreversible', reason: 'its data step has no way back: nobody knows' },
      { verdict: 'fails', reason: expect.stringMatching(/^its data step fails: .*division by zero \(22012\)/) as string },
    ],
  })
  const [file = '', text = ''] = Object.entries(exact).at(-1) ?? []
  writeFiles(directory, { [file]: text.replace('upper', 'lower') })
  expect((await run('check')).stdout).toContain('Its proof no longer holds: its data step changed since.')
})

test('--since takes what git knows as changed, and says so where it knows nothing', async () => {
  const { directory, git, json, run } = await createProject()
  expect(await run('check', '--since', 'main')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('PROJECT_REFERENCE_UNKNOWN') as string })
  await git('init', '-q', '-b', 'main')
  await git('add', '.')
  await git('commit', '-qm', 'begin')
  writeFiles(directory, { 'prisma/migrations/3_email/down.sql': 'DROP INDEX IF EXISTS email;\n', 'prisma/migrations/4_new/migration.sql': 'SELECT 1;\n' })
  const checked = await json('check', '--since', 'main')
  expect(checked.document).toMatchObject({ findings: [{ migration: '3_email' }, { migration: '4_new' }], summary: { migrations: 2 } })
  expect((await json('verify', '--since', 'main')).document).toMatchObject({
    migrations: [{ name: '3_email' }, { name: '4_new', verdict: 'irreversible', reason: 'there is no down.sql' }],
  })
  expect(existsSync(join(directory, 'prisma/migrations/1_user/proof.json'))).toBe(false)
})

test('what a command line says twice, or cannot mean, is refused', async () => {
  const { directory, git, run } = await createProject()
  await git('init', '-q', '-b', 'main')
  const usage = { exitCode: 2, stderr: expect.stringContaining('CLI_USAGE') as string }
  expect(await run('verify', '1_user', '--all')).toMatchObject(usage)
  expect(await run('verify', '--all', '--since', 'main')).toMatchObject(usage)
  expect(await run('check', '1_user', '--since', 'main')).toMatchObject(usage)
  expect(await run('verify', '--rows', '0')).toMatchObject(usage)
  for (const option of ['--since=--output=stolen', '--since=-1']) {
    expect(await run('check', option)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('PROJECT_REFERENCE_UNKNOWN') as string,
    })
  }
  expect(existsSync(join(directory, 'prisma/migrations/stolen')) || existsSync(join(directory, 'stolen'))).toBe(false)
})

test('what stands in the place of a proof, a subscription and a lost session are told, and no bug', async () => {
  const { directory, json } = await createProject()
  mkdirSync(join(directory, 'prisma/migrations/1_user/proof.json'))
  expect(await json('verify', '1_user')).toMatchObject({ exitCode: 2, document: { stopped: { code: 'PROOF_UNWRITABLE' } } })
  const far = `CREATE SUBSCRIPTION far CONNECTION 'host=nowhere' PUBLICATION news
    WITH (connect = false, slot_name = NONE, create_slot = false, enabled = false)`
  writeFiles(directory, {
    'prisma/migrations/2_fax/migration.sql': `${far};\n`,
    'prisma/migrations/2_fax/down.sql': 'DROP SUBSCRIPTION far;\n',
    'prisma/migrations/3_email/down.sql': 'SELECT pg_terminate_backend(pg_backend_pid());\n',
  })
  const verified = await json('verify', '2_fax', '3_email')
  expect(verified.document).toMatchObject({
    migrations: [{ verdict: 'exact' }, { verdict: 'fails', reason: expect.stringContaining('terminating connection') as string }],
  })
})
