import { expect, test } from 'vitest'
import { linkColumns } from '../../src/mask/link-columns.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import { readTables } from '../../src/postgres/tables/read-tables.ts'
import { createTestDatabase } from '../support/database.ts'

test('a column points at what its foreign key does, whatever the tables are called', async () => {
  const database = await createTestDatabase('links')
  const tables = await withConnection(database, async (connection) => {
    await connection.query(`CREATE SCHEMA "a.b"; CREATE TABLE "a.b"."c (x)" (id int PRIMARY KEY);
      CREATE TABLE child (c int REFERENCES "a.b"."c (x)", plain int)`)
    return readTables(connection)
  })
  expect([...linkColumns(tables)]).toEqual([['public.child.c', ['"a.b"."c (x)".id']]])
})
