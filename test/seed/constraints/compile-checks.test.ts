import { describe, expect, it, onTestFinished } from 'vitest'
import { type Connection, connect } from '../../../src/postgres/connect.ts'
import { readTables } from '../../../src/postgres/tables/read-tables.ts'
import { compileChecks } from '../../../src/seed/constraints/compile-checks.ts'
import { createTestDatabase } from '../../support/database.ts'
import { drawRows, refusals, testNow } from '../../support/drawn-rows.ts'
import { askedChecks, compiledChecks } from './check-table.ts'

const columns = `a int, b int, c int, n numeric(10,2), m numeric, q numeric(12,4), s text, v varchar(12), k char(3),
  t timestamptz, t2 timestamptz, d date, d2 date, ti time, ti2 time, iv interval, f float8, r real, big bigint, small smallint,
  ok bool, no bool, u uuid, u2 uuid, tags text[], nums int[], j jsonb, by bytea, mood mood, mood2 mood, range int4range, cash money`
const types = "CREATE TYPE mood AS ENUM ('sad', 'fine', 'happy')"

describe('a CHECK inside the fragment', () => {
  it.each(compiledChecks)('%s', async (check) => {
    const connection = await database(`${types}; CREATE TABLE t (${columns}, CHECK (${check}))`)
    const [table] = await readTables(connection)
    if (table === undefined) return expect.fail('no table')
    const { cases, asked } = await compileChecks(table, { now: testNow, serverNow: Date.now() })
    expect(asked).toEqual([])
    for (const one of cases.slice(0, 12)) {
      const used = new Set([...one.domains.keys(), ...one.comparisons.flatMap((each) => each.terms.flatMap((term) => term.columns))])
      const narrow = { ...table, columns: table.columns.filter(({ name }) => used.has(name)) }
      const rows = drawRows(narrow, one, 50)
      expect(rows.filter((row) => typeof row === 'string')).toEqual([])
      expect(await refusals(connection, narrow, rows.filter((row) => typeof row !== 'string'))).toEqual([])
    }
  })
})

describe('a CHECK outside the fragment', () => {
  it.each(askedChecks)('%s', async (check, reason) => {
    const connection = await database(`${types}; CREATE TABLE t (${columns}, CHECK (${check}))`)
    const [table] = await readTables(connection)
    if (table === undefined) return expect.fail('no table')
    const { cases, asked } = await compileChecks(table, { now: testNow })
    expect(cases).toHaveLength(1)
    expect(asked.map((one) => one.reason)).toEqual([reason])
  })
})

async function database(sql: string): Promise<Connection> {
  const connection = await connect(await createTestDatabase())
  onTestFinished(() => connection.end())
  await connection.query(`SET timezone = 'UTC'; ${sql}`)
  return connection
}
