import { describe, expect, it, onTestFinished } from 'vitest'
import { findDuplicates } from '../../src/author/find-duplicates.ts'
import { type Connection, connect } from '../../src/postgres/connect.ts'
import { createTestDatabase } from '../support/database.ts'

describe('findDuplicates', () => {
  it('finds nothing where no two rows are alike, and NULLs are not', async () => {
    const connection = await database(`CREATE TABLE t (id int PRIMARY KEY, a int); INSERT INTO t VALUES (1, 1), (2, 2), (3, NULL), (4, NULL)`)
    expect(await findDuplicates(connection, unique('t', 'a'))).toBeUndefined()
  })

  it('gives the number of values, keys of some rows and a query for all, but no value', async () => {
    const connection = await database(`CREATE TABLE t (id int PRIMARY KEY, a text); INSERT INTO t SELECT n, 'secret ' || n % 7 FROM generate_series(1, 21) n`)
    const report = await findDuplicates(connection, unique('t', 'a'))
    expect(report).toMatchObject({ index: 'u', table: 't', columns: ['a'], groups: 7 })
    expect(report?.examples).toHaveLength(5)
    expect(report?.examples.every((keys) => keys.length === 3)).toBe(true)
    expect(JSON.stringify(report)).not.toContain('secret')
    expect((await connection.query(report?.sql ?? '')).rowCount).toBe(7)
  })

  it('compares several columns, of which none is NULL', async () => {
    const connection = await database(`CREATE TABLE t (id int PRIMARY KEY, a int, b int); INSERT INTO t VALUES (1, 1, 1), (2, 1, 1), (3, 1, 2), (4, NULL, 1), (5, NULL, 1)`)
    expect(await findDuplicates(connection, unique('t', 'a', 'b'))).toMatchObject({ groups: 1, examples: [['1', '2']] })
  })

  it('gives composite keys in their order, and the place of a row where a table has no key', async () => {
    const connection = await database(`
      CREATE TABLE t (b int, a int, v int, PRIMARY KEY (a, b)); INSERT INTO t VALUES (1, 9, 5), (2, 8, 5);
      CREATE TABLE bare (v int); INSERT INTO bare VALUES (5), (5)`)
    expect((await findDuplicates(connection, unique('t', 'v')))?.examples.map((keys) => keys.toSorted())).toEqual([['8/2', '9/1']])
    expect((await findDuplicates(connection, unique('bare', 'v')))?.examples).toEqual([['(0,1)', '(0,2)']])
  })

  it('works with names that need quotes and in other schemas', async () => {
    const connection = await database(`CREATE SCHEMA "S s"; CREATE TABLE "S s"."T ""t""" ("I d" int PRIMARY KEY, "V'v" int); INSERT INTO "S s"."T ""t""" VALUES (1, 1), (2, 1)`)
    const report = await findDuplicates(connection, { ...unique('"S s"."T ""t"""', "V'v") })
    expect(report).toMatchObject({ groups: 1, examples: [['1', '2']] })
    expect((await connection.query(report?.sql ?? '')).rowCount).toBe(1)
  })
})

function unique(table: string, ...columns: readonly string[]): Parameters<typeof findDuplicates>[1] {
  return { name: 'u', table, columns, statement: '' }
}

async function database(sql: string): Promise<Connection> {
  const connection = await connect(await createTestDatabase())
  onTestFinished(() => connection.end())
  await connection.query(sql)
  return connection
}
