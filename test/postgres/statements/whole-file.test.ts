import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { groupStatements } from '../../../src/postgres/statements/commit-groups.ts'
import { parseStatements } from '../../../src/postgres/statements/parse-statements.ts'
import { isSurelyOneGroup, wholeFile } from '../../../src/postgres/statements/whole-file.ts'
import { corporaReason, corpusFolder, corpusNames } from '../../support/corpora.ts'
import { failureOf } from '../../support/failure.ts'

describe('isSurelyOneGroup', () => {
  test.each(['CREATE TABLE a (id int)', 'UPDATE a SET b = 1; DELETE FROM a', "SELECT 'x' -- comment"])('is sure of %s', (sql) => {
    expect(isSurelyOneGroup(sql)).toBe(true)
  })

  test.each([
    'create index concurrently i on a (b)',
    'VACUUM a',
    "ALTER TYPE a ADD\n/* */ VALUE 'x'",
    'BEGIN; SELECT 1; COMMIT',
    'SELECT 1; END; SELECT 2',
    'START TRANSACTION',
    'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE',
    'ROLLBACK',
    'ABORT',
    'DO $$ BEGIN COMMIT; END $$',
    'DISCARD ALL',
    'ALTER SYSTEM RESET ALL',
    'CREATE DATABASE a',
    'DROP TABLESPACE a',
    'DROP SUBSCRIPTION a',
    'CLUSTER',
    'REINDEX TABLE a',
  ])('is not sure of %s', (sql) => {
    expect(isSurelyOneGroup(sql)).toBe(false)
  })
})

describe.skipIf(corpusNames.length === 0)(`real histories (skipped where ${corporaReason})`, () => {
  test.each(corpusNames)('%s: each file that is surely one group is divided into one, in one transaction', async (name) => {
    const migrations = join(corpusFolder(name), 'prisma', 'migrations')
    for (const entry of readdirSync(migrations, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue
      const sql = readFileSync(join(migrations, entry.name, 'migration.sql'), 'utf8')
      if (!isSurelyOneGroup(sql)) continue

      const groups = groupStatements(await parseStatements(sql, entry.name))

      expect(groups.length, entry.name).toBeLessThan(2)
      expect(groups.every((group) => group.transactional && group.begin === undefined), entry.name).toBe(true)
      expect(await wholeFile(sql, entry.name)).toMatchObject({ statements: [], whole: { text: sql } })
    }
  })
})

describe('wholeFile', () => {
  test.each([
    ['an error of syntax', 'SELECT 1;\nSELEC 2'],
    ['a NUL character', 'SELECT 1;\n\0'],
    ['an unterminated literal', "SELECT 1;\n'x"],
  ])('refuses %s with its place', async (_, sql) => {
    const failure = await failureOf(() => wholeFile(sql, 'a.sql'))

    expect(failure.code).toBe('STATEMENT_SYNTAX')
    expect(failure.details.where).toMatchObject({ file: 'a.sql', line: 2, column: 1 })
  })

  test.each(['', '\n', '-- nothing', ';'])('takes %j', async (sql) => {
    expect(await wholeFile(sql, 'a.sql')).toMatchObject({ transactional: true })
  })
})
