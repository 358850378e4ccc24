import { describe, expect, test } from 'vitest'
import { failureOf } from '../../support/failure.ts'
import { groupStatements } from '../../../src/postgres/statements/commit-groups.ts'
import { parseStatements } from '../../../src/postgres/statements/parse-statements.ts'

const alone = [
  'CREATE INDEX CONCURRENTLY i ON t (a)',
  'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)',
  'DROP INDEX CONCURRENTLY i',
  'REINDEX INDEX CONCURRENTLY i',
  'REINDEX TABLE t',
  'REINDEX DATABASE',
  'VACUUM (ANALYZE) t',
  'CLUSTER t',
  'CREATE DATABASE d',
  'DROP DATABASE d',
  'ALTER DATABASE d SET TABLESPACE s',
  "ALTER SYSTEM SET work_mem = '1MB'",
  'ALTER TABLE p DETACH PARTITION c CONCURRENTLY',
  "CREATE TABLESPACE s LOCATION '/x'",
  'DROP TABLESPACE s',
  "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p",
  'DROP SUBSCRIPTION s',
  'DISCARD ALL',
  'DO $$ BEGIN LOOP DELETE FROM t; COMMIT; END LOOP; END $$',
]

const together = [
  'CREATE INDEX i ON t (a)',
  'DROP INDEX i',
  'ANALYZE t',
  "ALTER DATABASE d SET search_path = 'x'",
  'ALTER TABLE p DETACH PARTITION c',
  'ALTER TABLE p DETACH PARTITION c FINALIZE',
  'DISCARD TEMP',
  'CALL p()',
  'DO $$ BEGIN PERFORM 1; END $$',
  "ALTER TYPE e RENAME VALUE 'a' TO 'b'",
  'SAVEPOINT s',
  'ROLLBACK TO SAVEPOINT s',
]

describe('groupStatements', () => {
  test.each(alone)('runs %s alone, outside a transaction', async (sql) => {
    expect(await groupsOf(`SELECT 1; ${sql}; SELECT 2`)).toEqual([['SELECT 1'], sql, ['SELECT 2']])
  })

  test.each(together)('runs %s with its neighbours', async (sql) => {
    expect(await groupsOf(`SELECT 1; ${sql}; SELECT 2`)).toEqual([['SELECT 1', sql, 'SELECT 2']])
  })

  test('makes no group of nothing', async () => {
    expect(await groupsOf('-- nothing\n')).toEqual([])
    expect(await groupsOf('BEGIN; COMMIT;')).toEqual([])
  })

  test("takes a file's own BEGIN and COMMIT for the group's", async () => {
    expect(await groupsOf('SELECT 1; BEGIN; SELECT 2; SELECT 3; COMMIT;')).toEqual([
      ['SELECT 1', 'SELECT 2', 'SELECT 3'],
    ])
  })

  test('ends a group where the file commits and goes on', async () => {
    expect(await groupsOf('BEGIN; SELECT 1; END; SELECT 2')).toEqual([['SELECT 1'], ['SELECT 2']])
  })

  test('opens the transaction with the BEGIN of the file where that has options', async () => {
    const begin = 'BEGIN ISOLATION LEVEL SERIALIZABLE'
    const groups = groupStatements(await parseStatements(`SELECT 1; ${begin}; SELECT 2; COMMIT`, 'a.sql'))

    expect(groups.map((group) => group.begin)).toEqual([undefined, begin])
  })

  test('begins a group with SET TRANSACTION and the settings around it', async () => {
    const own = ["SET LOCAL lock_timeout = '5s'", 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ', 'SELECT 2']
    expect(await groupsOf(`SELECT 1; BEGIN; ${own.join(';')}; COMMIT`)).toEqual([
      ['SELECT 1'],
      own,
    ])
    expect(await groupsOf(`BEGIN; ${own.join(';')}; COMMIT`)).toEqual([own])
  })

  test('ends a group after new enum values, which what follows may use', async () => {
    const add = (value: string) => `ALTER TYPE e ADD VALUE '${value}'`
    expect(await groupsOf(`SELECT 1; ${add('a')}; ${add('b')}; SELECT 2; SELECT 3; ${add('c')}`)).toEqual([
      ['SELECT 1', add('a'), add('b')],
      ['SELECT 2', 'SELECT 3', add('c')],
    ])
  })

  test('keeps a new value with the enum that the same group made', async () => {
    const sql = ["CREATE TYPE e AS ENUM ('a')", "ALTER TYPE e ADD VALUE 'b'", "SELECT 'b'::e"]
    expect(await groupsOf(sql.join(';'))).toEqual([sql])
  })

  test.each(['ROLLBACK', "PREPARE TRANSACTION 'x'", "COMMIT PREPARED 'x'"])('refuses %s', async (sql) => {
    const statements = await parseStatements(`SELECT 1;\n${sql}`, 'a.sql')
    const failure = await failureOf(() => groupStatements(statements))

    expect(failure.code).toBe('STATEMENT_TRANSACTION_CONTROL')
    expect(failure.details.where).toMatchObject({ line: 2, column: 1 })
  })
})

/** A list for a transaction, a text for a statement alone. */
async function groupsOf(sql: string): Promise<readonly (string | readonly string[])[]> {
  return groupStatements(await parseStatements(sql, 'a.sql')).map((group) => {
    const texts = group.statements.map(({ text }) => text)
    return group.transactional ? texts : texts.join('')
  })
}
