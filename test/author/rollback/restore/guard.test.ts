import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readCatalog } from '../../../../src/postgres/catalog/read-catalog.ts'
import { compareCatalogs } from '../../../../src/postgres/catalog/compare-catalogs.ts'
import { type Connection, withConnection } from '../../../../src/postgres/connect.ts'
import { runScript } from '../../../../src/postgres/statements/run-script.ts'
import { archivedAndRolledBack, archivedMigration } from '../../../support/archives.ts'
import { databaseAt, rollbackOf } from '../../../support/rollbacks.ts'

const setup = `
  CREATE TABLE users (id int PRIMARY KEY, nick text NOT NULL, score float); INSERT INTO users VALUES (1, 'a', 1.5), (2, 'b', NULL);
  CREATE TABLE logs (line text); INSERT INTO logs VALUES ('x');`
const up = 'ALTER TABLE users DROP COLUMN nick, ALTER score TYPE int; DROP TABLE logs;'

async function on(start: string, use: (connection: Connection) => Promise<void>): Promise<void> {
  const { url } = await databaseAt(start)
  await withConnection(url, use)
}

async function valuesOf(connection: Connection, sql: string): Promise<readonly unknown[]> {
  return (await connection.query({ text: sql, rowMode: 'array' })).rows
}

/** Refuses, changes nothing, and goes through for whoever accepts the loss. */
async function stops(connection: Connection, down: string): Promise<void> {
  const before = await readCatalog(connection)
  const refused = runScript(connection, down, 'down.sql')
  await expect(refused).rejects.toThrow(/The archive of .*public\.users \(nick\).* is not there/)
  expect(compareCatalogs(before, await readCatalog(connection))).toEqual([])
  await connection.query("SET tide.accept_loss = 'on'")
  await runScript(connection, down, 'down.sql')
  expect(await valuesOf(connection, 'SELECT * FROM users ORDER BY id')).toEqual([[1, 2, ''], [2, null, '']])
}

describe('a rollback whose archive is not there', () => {
  it('stops where it was purged, unless the loss is accepted', async () => {
    const { up: archived, rollback } = await archivedAndRolledBack(setup, up)
    expect(rollback.incomplete).toEqual([])
    await on(setup, async (connection) => {
      await runScript(connection, archived, 'migration.sql')
      const tables = await valuesOf(connection, `SELECT format('DROP TABLE tide_archive.%I', archive) FROM tide_archive.archives`)
      await connection.query(tables.map((row) => String((row as readonly unknown[])[0])).join(';'))
      await stops(connection, rollback.sql)
    })
    await on(setup, async (connection) => {
      await runScript(connection, archived, 'migration.sql')
      await connection.query('DROP SCHEMA tide_archive CASCADE')
      await stops(connection, rollback.sql)
      expect(await valuesOf(connection, 'SELECT count(*) FROM tide_archive.archives')).toEqual([['0']])
    })
  })

  it('judges the size of the table where the migration runs', async () => {
    const { up: archived, rollback } = await archivedAndRolledBack(setup, up, { maxTableBytes: 100_000 })
    const grow = `INSERT INTO users SELECT n, repeat('x', 400), n FROM generate_series(3, 400) n;`
    await on(`${setup} ${grow}`, async (connection) => {
      await runScript(connection, archived, 'migration.sql')
      const kept = `SELECT source, bytes <= limit_bytes FROM tide_archive.archives ORDER BY 1`
      expect(await valuesOf(connection, kept)).toEqual([
        ['public.logs', true],
        ['public.users (nick)', false],
        ['public.users (score)', false],
      ])
      await connection.query('DELETE FROM users WHERE id > 2')
      await stops(connection, rollback.sql)
      // Of the table that was small enough everything came back.
      expect(await valuesOf(connection, 'SELECT * FROM logs')).toEqual([['x']])
    })
  })

  it('is made anew where a run before it has left one', async () => {
    const { up: archived, rollback } = await archivedAndRolledBack(setup, up)
    await on(setup, async (connection) => {
      await runScript(connection, archived, 'migration.sql')
      // As Prisma empties its shadow database.
      await connection.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
      await runScript(connection, setup.replaceAll("'a'", "'other'"), 'setup.sql')
      await runScript(connection, archived, 'migration.sql')
      await runScript(connection, rollback.sql, 'down.sql')
      expect(await valuesOf(connection, 'SELECT nick FROM users ORDER BY id')).toEqual([['other'], ['b']])
    })
  })

  it('of two migrations that drop a column of one name keeps both', async () => {
    const again = `${setup} ALTER TABLE users DROP COLUMN nick; ALTER TABLE users ADD COLUMN nick text;`
    const drop = 'ALTER TABLE users DROP COLUMN nick;'
    const first = await archivedAndRolledBack(setup, drop)
    const second = await archivedMigration(again, drop, { migration: '20261122101500_other' })
    const back = await rollbackOf(again, second.sql)
    await on(setup, async (connection) => {
      await runScript(connection, first.up, 'migration.sql')
      await runScript(connection, `ALTER TABLE users ADD COLUMN nick text; UPDATE users SET nick = 'new'`, 'between.sql')
      await runScript(connection, second.sql, 'migration.sql')
      expect(await valuesOf(connection, 'SELECT count(*) FROM tide_archive.archives')).toEqual([['2']])
      await runScript(connection, back.sql, 'down.sql')
      expect(await valuesOf(connection, 'SELECT nick FROM users')).toEqual([['new'], ['new']])
      await runScript(connection, `ALTER TABLE users DROP COLUMN nick; ${first.rollback.sql}`, 'down.sql')
      expect(await valuesOf(connection, 'SELECT nick FROM users ORDER BY id')).toEqual([['a'], ['b']])
    })
  })

  it('asks for a role that may make its schema, and copies rows that no policy shows', async () => {
    const role = `tide_archive_${randomBytes(6).toString('hex')}`
    const forced = `${setup} ALTER TABLE users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`
    const { up: archived, rollback } = await archivedAndRolledBack(forced, up)
    expect(rollback.incomplete).toEqual([])
    await on(forced, async (connection) => {
      await connection.query(`CREATE ROLE ${role}; GRANT CREATE ON SCHEMA public TO ${role};
        ALTER TABLE users OWNER TO ${role}; ALTER TABLE logs OWNER TO ${role}; SET ROLE ${role}`)
      const refused = await runScript(connection, archived, 'migration.sql').catch((error: unknown) => error)
      expect(refused).toMatchObject({
        message: expect.stringContaining(`The role "${role}" cannot make the schema tide_archive`) as string,
        details: { fix: expect.stringContaining(`CREATE SCHEMA tide_archive AUTHORIZATION ${role}`) as string },
      })
      await connection.query(`RESET ROLE; CREATE SCHEMA tide_archive AUTHORIZATION ${role}; SET ROLE ${role}`)
      await runScript(connection, archived, 'migration.sql')
      await runScript(connection, rollback.sql, 'down.sql')
      await connection.query('RESET ROLE')
      expect(await valuesOf(connection, 'SELECT id, nick, score FROM users ORDER BY id')).toEqual([[1, 'a', 1.5], [2, 'b', null]])
      expect(await valuesOf(connection, `SELECT relforcerowsecurity FROM pg_class WHERE relname = 'users'`)).toEqual([[true]])
      await connection.query(`REASSIGN OWNED BY ${role} TO CURRENT_USER; DROP OWNED BY ${role}; DROP ROLE ${role}`)
    })
  })
})
