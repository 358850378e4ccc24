import { describe, expect, test } from 'vitest'
import { down } from '../../src/apply/down.ts'
import { up } from '../../src/apply/up.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { createTestDatabase } from '../support/database.ts'
import { rowsOf } from '../support/database-rows.ts'
import { failureOf } from '../support/failure.ts'
import { createHistory, type MigrationText } from '../support/migrations.ts'

const table = (name: string): MigrationText => ({ up: `CREATE TABLE ${name} ()`, down: `DROP TABLE ${name}` })
const three = { '1_a': table('a'), '2_b': table('b'), '3_c': table('c') }

describe('down', () => {
  test.each([
    ['one migration where nothing is said', {}, ['3_c']],
    ['as many as --steps', { steps: 2 }, ['3_c', '2_b']],
    ['everything after --to', { to: '1_a' }, ['3_c', '2_b']],
    ['everything after --to, given by its beginning', { to: '2' }, ['3_c']],
    ['nothing for the last one applied', { to: '3_c' }, []],
    ['everything for --to 0', { to: '0' }, ['3_c', '2_b', '1_a']],
  ])('rolls back %s', async (_, target, rolledBack) => {
    const { database, history } = await applied(three)

    const result = await down({ database, history: await history.read(), ...target })

    expect(result.rolledBack).toEqual(rolledBack)
    expect(result.steps.map((step) => [step.migration, step.step, step.statements])).toEqual(
      rolledBack.map((name) => [name, 'schema', 1]),
    )
    expect(await tables(database)).toEqual(['a', 'b', 'c'].slice(0, 3 - rolledBack.length))
  })

  test('has nothing to do in a database without a ledger, and none of it creates one', async () => {
    const database = await createTestDatabase()
    const history = await createHistory(three).read()

    expect(await down({ database, history })).toMatchObject({ rolledBack: [] })
    expect(await rowsOf(database, "SELECT to_regclass('_prisma_migrations')")).toEqual(['NULL'])
  })

  test('marks the row in the ledger, and `up` writes a new one', async () => {
    const { database, history } = await applied({ '1_a': table('a') })

    await down({ database, history: await history.read() })
    expect(await ledgerOf(database)).toEqual(['1_a|t|t'])

    await up({ database, history: await history.read() })
    expect(await ledgerOf(database)).toEqual(['1_a|t|t', '1_a|t|f'])
  })

  test('goes back in the order of application, which need not be that of the names', async () => {
    const { database, history } = await applied({ '1_a': table('a'), '3_c': table('c') })
    await up({ database, history: await history.write({ '2_b': table('b') }) })

    expect((await down({ database, history: await history.read(), steps: 2 })).rolledBack).toEqual(['2_b', '3_c'])
  })

  test('runs a down.sql of several commit groups', async () => {
    const { database, history } = await applied({
      '1_a': {
        up: 'CREATE TABLE a (id int); CREATE INDEX CONCURRENTLY i ON a (id)',
        down: 'DROP INDEX CONCURRENTLY i; DROP TABLE a',
      },
    })

    expect((await down({ database, history: await history.read() })).steps).toMatchObject([{ statements: 2 }])
    expect(await tables(database)).toEqual([])
    expect(await rowsOf(database, 'SELECT count(*) FROM tide.journal')).toEqual(['0'])
  })

  test('takes an empty down.sql for nothing to undo', async () => {
    const { database, history } = await applied({ '1_a': { up: 'ANALYZE', down: '' } })

    expect((await down({ database, history: await history.read() })).rolledBack).toEqual(['1_a'])
  })

  test('rolls back an incomplete one only where the loss is accepted', async () => {
    const { database, history } = await applied({
      '1_a': table('a'),
      '2_b': {
        up: 'DROP TABLE a',
        down: '-- tide: incomplete reason="the rows of a are gone"\nCREATE TABLE a ()',
      },
    })

    const failure = await failureOf(async () => down({ database, history: await history.read(), to: '0' }))
    expect(failure.code).toBe('APPLY_DOWN_INCOMPLETE')
    expect(failure.details.why).toBe('2_b: the rows of a are gone')
    expect(failure.details.fix).toContain('--accept-loss')
    expect(await tables(database)).toEqual([])

    const result = await down({ database, history: await history.read(), to: '0', acceptLoss: true })
    expect(result.rolledBack).toEqual(['2_b', '1_a'])
  })
})

describe('down refuses, with nothing changed,', () => {
  test('where one of the rollbacks is missing', async () => {
    const { database, history } = await applied({ '1_a': 'CREATE TABLE a ()', '2_b': table('b') })

    const failure = await failureOf(async () => down({ database, history: await history.read(), steps: 2 }))

    expect(failure).toMatchObject({ code: 'APPLY_DOWN_MISSING', message: '1_a has no down.sql, so nothing was rolled back.' })
    expect(await tables(database)).toEqual(['a', 'b'])
  })

  test('where one of them does not parse', async () => {
    const { database, history } = await applied({ '1_a': { up: '', down: 'DROP TABL a' }, '2_b': table('b') })

    const failure = await failureOf(async () => down({ database, history: await history.read(), steps: 2 }))

    expect(failure.code).toBe('STATEMENT_SYNTAX')
    expect(failure.details.where?.file).toMatch(/1_a.down\.sql$/)
    expect(await tables(database)).toEqual(['b'])
  })

  test('an edited migration and one that is not on disk, but only among those to roll back', async () => {
    const { database, history } = await applied(three)
    await history.write({ '2_b': { up: 'CREATE TABLE b (id int)', down: 'DROP TABLE b' } })
    const edited = await history.read()

    expect((await down({ database, history: edited })).rolledBack).toEqual(['3_c'])
    expect((await failureOf(() => down({ database, history: edited }))).code).toBe('APPLY_MIGRATION_EDITED')
    const without = edited.filter(({ name }) => name !== '2_b')
    expect((await failureOf(() => down({ database, history: without }))).code).toBe('APPLY_MIGRATION_MISSING')
    expect(await tables(database)).toEqual(['a', 'b'])
  })

  test.each([
    [{ steps: 0 }, 'APPLY_STEPS_INVALID'],
    [{ steps: -1 }, 'APPLY_STEPS_INVALID'],
    [{ steps: 1.5 }, 'APPLY_STEPS_INVALID'],
    [{ steps: 4 }, 'APPLY_STEPS_INVALID'],
    [{ steps: 1, to: '1_a' }, 'APPLY_STEPS_INVALID'],
    [{ to: '4_d' }, 'APPLY_NAME_UNKNOWN'],
    [{ to: '' }, 'APPLY_NAME_UNKNOWN'],
  ])('%j', async (target, code) => {
    const { database, history } = await applied(three)

    expect((await failureOf(async () => down({ database, history: await history.read(), ...target }))).code).toBe(code)
    expect(await tables(database)).toEqual(['a', 'b', 'c'])
  })

  test('while a migration is applied in part', async () => {
    const { database, history } = await applied({ '1_a': table('a') })
    await history.write({ '2_b': { up: 'CREATE TABLE b (); COMMIT; SELECT 1/0', down: '' } })
    await failureOf(async () => up({ database, history: await history.read() }))

    expect((await failureOf(async () => down({ database, history: await history.read() }))).code).toBe('APPLY_UP_UNFINISHED')
  })
})

describe('a rollback that fails', () => {
  test('says what was rolled back and what was not tried', async () => {
    const { database, history } = await applied({
      '1_a': table('a'),
      '2_b': { up: '', down: 'SELECT 1;\nDROP TABLE nope' },
      '3_c': table('c'),
    })

    const failure = await failureOf(async () => down({ database, history: await history.read(), to: '0' }))

    expect(failure.details.where).toMatchObject({ line: 2 })
    expect(failure.details.why).toBe('Rolled back before it: 3_c. Stopped at: 2_b. Not tried: 1_a.')
    expect(failure.details.meta).toMatchObject({ rolledBack: ['3_c'], failed: '2_b', notTried: ['1_a'] })
    expect(await ledgerOf(database)).toEqual(['1_a|t|f', '2_b|t|f', '3_c|t|t'])
  })

  test('goes on after the groups that are committed, once it is corrected', async () => {
    const up1 = 'CREATE TABLE a (); CREATE TABLE b ()'
    const { database, history } = await applied({ '1_a': { up: up1, down: 'DROP TABLE a; COMMIT; DROP TABLE nope' } })
    await failureOf(async () => down({ database, history: await history.read() }))
    expect(await tables(database)).toEqual(['b'])

    const corrected = await history.write({ '1_a': { up: up1, down: 'DROP TABLE a; COMMIT; DROP TABLE b' } })

    expect((await down({ database, history: corrected })).rolledBack).toEqual(['1_a'])
    expect(await tables(database)).toEqual([])
  })
})

async function applied(migrations: Readonly<Record<string, MigrationText>>) {
  const database = await createTestDatabase()
  const history = createHistory(migrations)
  await up({ database, history: await history.read() })
  return { database, history }
}

function tables(database: DatabaseUrl): Promise<readonly string[]> {
  return rowsOf(
    database,
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1",
  )
}

function ledgerOf(database: DatabaseUrl): Promise<readonly string[]> {
  return rowsOf(
    database,
    'SELECT migration_name, finished_at IS NOT NULL, rolled_back_at IS NOT NULL FROM _prisma_migrations ORDER BY started_at',
  )
}
