import { expect, test } from 'vitest'
import { revealUrl } from '../../src/postgres/database-url.ts'
import { archivedAndRolledBack } from '../support/archives.ts'
import { createTestDatabase } from '../support/database.ts'
import { createFolder, writeFiles } from '../support/files.ts'
import { runTide, runTideJson } from '../support/run-tide.ts'

const setup = `CREATE TABLE "User" ("id" int PRIMARY KEY, "nick" text); INSERT INTO "User" VALUES (1, 'al'), (2, NULL);`

test('archives are listed, purged by name of the database only, and missed by the rollback', { timeout: 120_000 }, async () => {
  const database = await createTestDatabase()
  const { up, rollback } = await archivedAndRolledBack(setup, 'ALTER TABLE "User" DROP COLUMN "nick";', { migration: '2_drop' })
  const cwd = createFolder({
    'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n\nmodel User {\n  id Int @id\n}\n',
    'prisma/migrations/1_begin/migration.sql': setup,
    'prisma/migrations/2_drop/migration.sql': up,
    'prisma/migrations/2_drop/down.sql': rollback.sql,
    'tide.config.js': `export default { environments: { dev: { urlVariable: 'ARCHIVE_URL' } } }`,
  })
  const options = { cwd, env: { ARCHIVE_URL: revealUrl(database) } }
  expect((await runTide(['archive', 'list'], options)).stdout).toBe('Nothing is archived.\n')
  expect(await runTide(['up'], options)).toMatchObject({ exitCode: 0 })

  const { document } = await runTideJson(['archive', 'list', '2_'], options)
  expect(document).toMatchObject({
    archives: [{ migration: '2_drop', source: 'public.User (nick)', kept: true, rows: 2 }],
    rows: 2,
  })
  expect((await runTide(['archive', 'list'], options)).stdout).toMatch(/^2_drop {2}less than an hour ago\n {2}public\.User \(nick\) {2}2 rows, /)
  expect(await runTideJson(['archive', 'purge', '--older-than', '1h'], options)).toMatchObject({ exitCode: 0, document: { purged: 0 } })

  const refused = async (...words: string[]): Promise<string> => {
    const run = await runTide(['archive', 'purge', ...words], options)
    expect(run.exitCode).toBe(2)
    return run.stderr
  }
  expect(await refused()).toContain('CLI_USAGE')
  expect(await refused('--older-than', 'soon')).toContain('"soon" is no age')
  expect(await refused('3_other')).toContain('APPLY_NAME_UNKNOWN')
  expect(await refused('--all', '--yes')).toContain('CLI_PURGE_UNCONFIRMED')
  expect(await refused('--all', '--confirm', 'other')).toContain('"other" is not its name')

  const purge = await runTide(['archive', 'purge', '2_drop', '--confirm', database.database], options)
  expect(purge).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('cannot be rolled back without loss') as string })
  const down = await runTide(['down'], options)
  expect(down).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('APPLY_ARCHIVE_MISSING') as string })
  const accepted = await runTide(['down', '--accept-loss', '--confirm', database.database], options)
  expect(accepted).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Rolled back 1 migration') as string })

  writeFiles(cwd, { 'tide.config.js': `export default { archive: { maxTableMegabyte: 1, enabled: 'no' } }` })
  const config = await runTide(['archive', 'list'], options)
  expect(config.stderr).toContain('archive.maxTableMegabyte is no key of Tide; did you mean maxTableMegabytes?')
  expect(config.stderr).toContain('archive.enabled must be true or false, not text')
})
