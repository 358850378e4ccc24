import { describe, expect, test } from 'vitest'
import { type Connection, connect } from '../../../src/postgres/connect.ts'
import { runScript } from '../../../src/postgres/statements/run-script.ts'
import { createTestDatabase } from '../../support/database.ts'
import { failureOf } from '../../support/failure.ts'

describe('runScript', () => {
  test('runs a file of several commit groups', async () => {
    await using session = await openSession()

    await runScript(
      session.connection,
      `CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (id int);
       CREATE INDEX CONCURRENTLY i ON t (id);
       ALTER TYPE mood ADD VALUE 'glad'; ALTER TABLE t ADD m mood DEFAULT 'glad';`,
      'a.sql',
    )

    expect(await session.names()).toEqual(['i', 't'])
  })

  test('runs a file of one group as one transaction', async () => {
    await using session = await openSession()

    const failure = await failureOf(() => runScript(session.connection, 'CREATE TABLE a (id int);\nCREATE TABLE a ()', 'a.sql'))

    expect(failure.details.where).toMatchObject({ file: 'a.sql', line: 2, column: 1 })
    expect(await session.names()).toEqual([])
  })

  test.each([
    ['in a file sent as it stands', ''],
    ['in a file sent in groups', '-- value\n'],
  ])('puts the caret where the server does, %s', async (_, head) => {
    await using session = await openSession()
    const sql = `${head}SELECT '🐘é';\n  SELECT 1,\n    🐘 + 1`

    const failure = await failureOf(() => runScript(session.connection, sql, 'a.sql'))

    const lines = head.split('\n').length - 1
    expect(failure.code).toBe('STATEMENT_FAILED')
    expect(failure.message).toBe(
      'PostgreSQL refused a statement of a.sql: column "🐘" does not exist (SQLSTATE 42703).',
    )
    expect(failure.details.where).toMatchObject({ line: lines + 3, column: 5 })
    expect(failure.details.where?.excerpt?.split('\n').slice(1)).toEqual([
      `${String(lines + 3)} |     🐘 + 1`,
      '  |     ^',
    ])
  })

  test.each(['', '-- commit\n'])('finds the statement of an error without a position (%j)', async (head) => {
    await using session = await openSession()
    await session.connection.query("CREATE TABLE t (email text); INSERT INTO t VALUES ('a@b.c'), ('a@b.c')")
    const sql = `${head}SELECT 1;\nCREATE TABLE u ();\nCREATE UNIQUE INDEX i ON t (email);\nSELECT 2`

    const failure = await failureOf(() => runScript(session.connection, sql, 'a.sql'))

    expect(failure.details.where).toMatchObject({ line: head === '' ? 3 : 4, column: 1 })
    expect(failure.details.fix).toContain('SELECT email, count(*) FROM "public"."t" GROUP BY email HAVING count(*) > 1;')
    expect(failure.details.meta).toMatchObject({ sqlstate: '23505', constraint: 'i', table: 't', keyColumns: 'email' })
    expect(JSON.stringify(failure.details)).not.toContain('a@b.c')
  })

  test('hides a row value that the server quotes in its message', async () => {
    await using session = await openSession()
    await session.connection.query("CREATE TABLE t (secret text); INSERT INTO t VALUES ('hunter2')")

    const failure = await failureOf(() =>
      runScript(session.connection, 'ALTER TABLE t ALTER secret TYPE int USING secret::int', 'a.sql'),
    )

    expect(failure.message).toContain('invalid input syntax for type integer: "…"')
    expect(JSON.stringify(failure.details)).not.toContain('hunter2')
  })

  test('shows a value that the file itself holds', async () => {
    await using session = await openSession()

    const failure = await failureOf(() => runScript(session.connection, "SELECT 'x1'::int", 'a.sql'))

    expect(failure.message).toContain('"x1"')
  })

  test('lays what fails at COMMIT at the last statement', async () => {
    await using session = await openSession()
    await session.connection.query(
      'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED)',
    )

    const failure = await failureOf(() => runScript(session.connection, 'BEGIN;\nINSERT INTO c VALUES (1);\nCOMMIT', 'a.sql'))

    expect(failure.details.where).toMatchObject({ line: 2 })
    expect(failure.details.why).toContain('Rows point with p to rows that do not exist (constraint "c_p_fkey").')
  })

  test('leaves the session usable after a failure', async () => {
    await using session = await openSession()

    await failureOf(() => runScript(session.connection, 'BEGIN; SELECT 1/0; COMMIT', 'a.sql'))

    expect((await session.connection.query<{ one: number }>('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })

  test('tells a lost connection from a wrong statement', async () => {
    await using session = await openSession()

    const failure = await failureOf(() =>
      runScript(session.connection, 'SELECT pg_terminate_backend(pg_backend_pid())', 'a.sql'),
    )

    expect(failure.code).toBe('POSTGRES_CONNECTION_LOST')
  })

  test.each(['CALL p()', 'DO $$ BEGIN CALL p(); END $$'])('says why a procedure that commits fails: %s', async (sql) => {
    await using session = await openSession()
    await session.connection.query('CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$')

    const failure = await failureOf(() => runScript(session.connection, `SELECT 1; ${sql}`, 'a.sql'))

    expect(failure.details.fix).toContain('a DO block that commits is run outside a transaction')
  })

  test('runs a DO block that commits', async () => {
    await using session = await openSession()

    await runScript(session.connection, 'CREATE TABLE t (); DO $$ BEGIN COMMIT; END $$', 'a.sql')

    expect(await session.names()).toEqual(['t'])
  })
})

interface Session extends AsyncDisposable {
  readonly connection: Connection
  names(): Promise<readonly string[]>
}

async function openSession(): Promise<Session> {
  const connection = await connect(await createTestDatabase())
  return {
    connection,
    names: async () => {
      const { rows } = await connection.query<{ relname: string }>(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
      )
      return rows.map((row) => row.relname)
    },
    [Symbol.asyncDispose]: () => connection.end(),
  }
}
