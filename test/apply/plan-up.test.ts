import { describe, expect, onTestFinished, test } from 'vitest'
import { up } from '../../src/apply/up.ts'
import { type DatabaseUrl, parseDatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import { createTestDatabase } from '../support/database.ts'
import { ledgerOf, relationsOf, rowsOf } from '../support/database-rows.ts'
import { failureOf } from '../support/failure.ts'
import { createHistory } from '../support/migrations.ts'

describe('up refuses, with nothing changed,', () => {
  test('SQL that does not parse, in any of the pending files', async () => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_a': 'CREATE TABLE a ()', '2_b': 'CREATE TABLE b (\n  id integer\n  x text)' })

    const failure = await failureOf(async () => up({ database, history: await history.read() }))

    expect(failure.code).toBe('STATEMENT_SYNTAX')
    expect(failure.details.where).toMatchObject({ line: 3, column: 3 })
    expect(failure.details.where?.file).toMatch(/2_b.migration\.sql$/)
    expect(await relationsOf(database)).toEqual([])
  })

  test('a file that rolls itself back', async () => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_a': 'BEGIN; CREATE TABLE a (); ROLLBACK;' })

    const failure = await failureOf(async () => up({ database, history: await history.read() }))

    expect(failure.code).toBe('STATEMENT_TRANSACTION_CONTROL')
    expect(await relationsOf(database)).toEqual([])
  })

  test('an edited migration', async () => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_a': 'CREATE TABLE a ()' })
    await up({ database, history: await history.read() })

    const edited = await history.write({ '1_a': 'CREATE TABLE a (id int)', '2_b': 'CREATE TABLE b ()' })

    const failure = await failureOf(() => up({ database, history: edited }))
    expect(failure.code).toBe('APPLY_MIGRATION_EDITED')
    expect(failure.message).toBe('1_a was changed after being applied.')
    expect(await relationsOf(database)).not.toContain('b')
  })

  test('a migration that is missing on disk, and a database that is ahead', async () => {
    const database = await createTestDatabase()
    const all = await createHistory({ '1_a': 'SELECT 1', '2_b': 'SELECT 1', '3_c': 'SELECT 1' }).read()
    await up({ database, history: all })

    const without = (name: string) => all.filter((migration) => migration.name !== name)
    expect(await failureOf(() => up({ database, history: without('2_b') }))).toMatchObject({
      code: 'APPLY_MIGRATION_MISSING',
      message: '2_b was applied, but is not on disk.',
    })
    expect(await failureOf(() => up({ database, history: without('3_c') }))).toMatchObject({
      code: 'APPLY_DATABASE_AHEAD',
      message: 'The database is ahead of the history: 3_c was applied by newer code.',
    })
  })

  test('a failed row of another tool', async () => {
    const database = await createTestDatabase()
    const history = createHistory({ '1_a': 'SELECT 1' })
    await up({ database, history: await history.read() })
    await rowsOf(database, "UPDATE _prisma_migrations SET finished_at = NULL, logs = 'Key (email)=(a@b.c)'")

    const failure = await failureOf(async () => up({ database, history: await history.read() }))

    expect(failure.code).toBe('APPLY_FAILED_BEFORE')
    expect(failure.details.fix).toContain('npx prisma migrate resolve --rolled-back "1_a"')
    expect(JSON.stringify(failure.details)).not.toContain('a@b.c')
  })

  test('a user who may not keep the ledger, or the journal', async () => {
    const database = await createTestDatabase()
    const weak = await createRole(database)
    const history = createHistory({ '1_a': 'CREATE TABLE a (id int)' })

    const failure = await failureOf(async () => up({ database: weak, history: await history.read() }))
    expect(failure.code).toBe('STATEMENT_BOOKKEEPING')
    expect(failure.details.why).toBe('permission denied for schema public')

    await rowsOf(database, `GRANT CREATE ON SCHEMA public TO ${weak.user}`)
    const more = await history.write({ '2_b': 'CREATE INDEX CONCURRENTLY i ON a (id)' })
    const later = await failureOf(() => up({ database: weak, history: more }))
    expect(later.code).toBe('STATEMENT_BOOKKEEPING')
    expect(later.details.why).toContain('permission denied for database')
    expect(await ledgerOf(database)).toEqual(['1_a|t|NULL'])
  })

  test('a data step that cannot be read, before anything is applied', async () => {
    const database = await createTestDatabase()
    const [migration] = await createHistory({ '1_a': 'CREATE TABLE a ()' }).read()
    const history = migration === undefined ? [] : [{ ...migration, hasData: true }]

    expect((await failureOf(() => up({ database, history }))).code).toBe('PROJECT_FILE_UNREADABLE')
    expect(await relationsOf(database)).toEqual([])
  })
})

/** A role of its own without any right, and how it connects; gone when the test is over. */
async function createRole(database: DatabaseUrl): Promise<DatabaseUrl> {
  const role = `weak_${database.database}`
  await rowsOf(database, `CREATE ROLE ${role} LOGIN PASSWORD 'weak'`)
  onTestFinished(async () => {
    await rowsOf(database, `DROP OWNED BY ${role}`)
    await rowsOf(database, `DROP ROLE ${role}`)
  })
  const url = new URL(revealUrl(database))
  url.username = role
  url.password = 'weak'
  return parseDatabaseUrl(url.toString(), 'the test')
}
