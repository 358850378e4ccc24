import { expect, test } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import { inTransaction } from '../../../src/postgres/in-transaction.ts'
import { readPlace } from '../../../src/seed/kept/read-place.ts'
import { createTestDatabase } from '../../support/database.ts'

const nothing = { toEmpty: [], withReference: [] }

test('a database is a place for a copy, until anything is in it that a copy would lack', async () => {
  const database = await createTestDatabase()
  const name = `"${database.database}"`
  await withConnection(database, async (connection) => {
    const within = (sql: string) =>
      inTransaction(connection, async () => {
        await connection.query(sql)
        const place = await readPlace(connection, nothing)
        await connection.query('ROLLBACK; BEGIN')
        return place
      })
    await connection.query('CREATE TABLE a (id serial PRIMARY KEY); CREATE SCHEMA tide; CREATE TABLE tide.journal (id int)')
    const empty = await within('SELECT')
    expect(empty?.books).toMatchObject([{ schema: 'tide', name: 'journal', rows: '[]' }])
    for (const own of [
      'INSERT INTO a DEFAULT VALUES',
      'CREATE MATERIALIZED VIEW m AS SELECT 1 AS one',
      `ALTER DATABASE ${name} SET work_mem = '7MB'`,
      `GRANT CONNECT ON DATABASE ${name} TO pg_monitor`,
      `COMMENT ON DATABASE ${name} IS 'mine'`,
      `ALTER DATABASE ${name} CONNECTION LIMIT 5`,
      `ALTER DATABASE ${name} OWNER TO pg_monitor`,
      'SELECT lo_create(77)',
      'CREATE SCHEMA tide_archive',
      'CREATE VIEW tide.mine AS SELECT 1 AS one',
      'GRANT USAGE ON SCHEMA tide TO pg_monitor',
      `CREATE FUNCTION tide.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
      'CREATE RULE r AS ON INSERT TO a DO ALSO NOTHING',
    ]) {
      expect(await within(own), own).toBeUndefined()
    }
    const looks = JSON.stringify(empty?.looks)
    for (const other of [
      'SELECT nextval(\'a_id_seq\')',
      'ALTER TABLE a ADD COLUMN b int',
      'ALTER TABLE tide.journal ADD COLUMN b int',
      'CREATE SEQUENCE alone START 5',
    ]) {
      const place = await within(other)
      expect(place, other).toBeDefined()
      expect(JSON.stringify(place?.looks), other).not.toBe(looks)
    }
    // A sequence keeps its number when a transaction is taken back.
    await connection.query('ALTER SEQUENCE a_id_seq RESTART')
    expect(JSON.stringify((await within('INSERT INTO tide.journal VALUES (1)'))?.looks)).toBe(looks)
  })
})
