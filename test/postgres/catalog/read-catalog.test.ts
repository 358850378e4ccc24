import { describe, expect, it } from 'vitest'
import { compareCatalogs } from '../../../src/postgres/catalog/compare-catalogs.ts'
import { readCatalog } from '../../../src/postgres/catalog/read-catalog.ts'
import { type Connection, withConnection } from '../../../src/postgres/connect.ts'
import { catalogAfter, differencesMadeBy } from '../../support/catalog.ts'
import { createTestDatabase } from '../../support/database.ts'

const shop = `
  CREATE TYPE role AS ENUM ('ADMIN', 'USER');
  CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL, role role DEFAULT 'USER');
  CREATE VIEW admins AS SELECT id FROM users WHERE role = 'ADMIN'`

describe('what does not count', () => {
  it.each([
    ['the order of columns', 'ALTER TABLE users ADD extra text; ALTER TABLE users DROP extra', ''],
    ['a column that comes back last', 'ALTER TABLE users DROP name; ALTER TABLE users ADD name text NOT NULL', ''],
    ['where a sequence stands', "SELECT setval('users_id_seq', 50)", ''],
    ['rows', "INSERT INTO users (name) VALUES ('a')", ''],
    ["Prisma's ledger", 'CREATE TABLE _prisma_migrations (id text PRIMARY KEY, migration_name text)', ''],
    ["Tide's own schemas", 'CREATE SCHEMA tide; CREATE TABLE tide.journal (id int); CREATE SCHEMA tide_archive', ''],
    ['temporary tables', 'CREATE TEMPORARY TABLE scratch (id int)', ''],
    ['an object of an extension', 'CREATE TABLE more (id int)', 'CREATE EXTENSION citext'],
  ])('%s', async (_, change, setup) => {
    const differences = await differencesMadeBy(`${shop};${setup}`, change)
    expect(differences.filter((line) => !/^(table|column) public\.more/.test(line))).toEqual([])
  })

  it('a table of a user’s own is no ledger, whatever it is called', async () => {
    const own = 'CREATE SCHEMA app; CREATE TABLE app._prisma_migrations (id serial PRIMARY KEY, note text)'
    expect(await differencesMadeBy(own, 'ALTER TABLE app._prisma_migrations DROP note')).toEqual([
      'column app._prisma_migrations.note: removed',
    ])
  })

  it('the name of a NOT NULL constraint, which a renamed column keeps', async () => {
    const renamed = await catalogAfter('CREATE TABLE t (old text NOT NULL); ALTER TABLE t RENAME old TO new')
    const made = await catalogAfter('CREATE TABLE t (new text NOT NULL)')
    expect(compareCatalogs(renamed, made)).toEqual([])
  })
})

describe('reading', () => {
  const read = <Result>(use: (connection: Connection) => Promise<Result>): Promise<Result> =>
    createTestDatabase().then((url) =>
      withConnection(url, async (connection) => {
        await connection.query(shop)
        return use(connection)
      }),
    )

  it('leaves the settings of a session as they were', () =>
    read(async (connection) => {
      await connection.query("SET search_path = public, pg_temp; SET timezone = 'Asia/Tokyo'")
      await readCatalog(connection)
      const { rows } = await connection.query("SELECT current_setting('search_path') p, current_setting('timezone') z")
      expect(rows).toEqual([{ p: 'public, pg_temp', z: 'Asia/Tokyo' }])
    }))

  it('leaves the settings of an open transaction as they were, and sees what it did', () =>
    read(async (connection) => {
      await connection.query('BEGIN; SET LOCAL search_path = admin; CREATE SCHEMA admin; CREATE TABLE here (id int)')
      const { objects } = await readCatalog(connection)
      expect(objects.map(({ name }) => name)).toContain('admin.here')
      const { rows } = await connection.query("SELECT current_setting('search_path') p")
      expect(rows).toEqual([{ p: 'admin' }])
    }))

  it('gives the same whatever the session has set', () =>
    read(async (connection) => {
      const plain = await readCatalog(connection)
      await connection.query("SET quote_all_identifiers = on; SET datestyle = 'German'; SET search_path = public")
      expect(await readCatalog(connection)).toEqual(plain)
    }))

  it('gives the same where a script let go of all that the session had prepared', () =>
    read(async (connection) => {
      const before = await readCatalog(connection, { again: true })
      await connection.query('DEALLOCATE ALL')
      expect(await readCatalog(connection, { again: true })).toEqual(before)
    }))

  it('gives the same where the session reads again and again', () =>
    read(async (connection) => {
      const plain = await readCatalog(connection)
      expect(await readCatalog(connection, { again: true })).toEqual(plain)
      await connection.query('ALTER TABLE users ADD email text')
      const after = await readCatalog(connection, { again: true })
      expect(compareCatalogs(plain, after).map(({ name }) => name)).toEqual(['public.users.email'])
    }))

  it('sorts objects by kind and name, each of them once', () =>
    read(async (connection) => {
      const keys = (await readCatalog(connection)).objects.map(({ kind, name }) => `${kind}\0${name}`)
      expect(keys).toEqual([...new Set(keys)].sort())
    }))
})
