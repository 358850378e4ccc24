import { describe, expect, it, onTestFinished } from 'vitest'
import { type Connection, connect } from '../../../src/postgres/connect.ts'
import { readTables } from '../../../src/postgres/tables/read-tables.ts'
import type { TableFacts } from '../../../src/postgres/tables/table-facts.ts'
import { anyValue } from '../../../src/seed/constraints/any-value.ts'
import { createSampler } from '../../../src/seed/constraints/samplers/create-sampler.ts'
import { compileChecks } from '../../../src/seed/constraints/compile-checks.ts'
import { createTestDatabase } from '../../support/database.ts'
import { drawnRefusals, testNow } from '../../support/drawn-rows.ts'
import { failureOf } from '../../support/failure.ts'
import { askedChecks, compiledChecks } from './check-table.ts'

const types = "CREATE TYPE mood AS ENUM ('sad', 'fine', 'happy')"
const columns = `a int, b int, c int, n numeric(10,2), m numeric, q numeric(12,4), s text, v varchar(12), k char(3),
  t timestamptz, t2 timestamptz, d date, d2 date, ti time, ti2 time, iv interval, f float8, r real, big bigint,
  small smallint, ok bool, no bool, u uuid, u2 uuid, tags text[], nums int[], j jsonb, by bytea, mood mood, mood2 mood,
  range int4range, cash money`

describe('rows drawn for a CHECK inside the fragment are accepted by PostgreSQL', () => {
  it.each(Object.entries(compiledChecks))('%s', async (_, checks) => {
    const { connection, tables } = await tablesWith(checks)
    const wrong: Record<string, unknown> = {}
    for (const [place, check] of checks.entries()) {
      const table = tables[place] ?? expect.fail('no table')
      const { cases, asked } = await compileChecks(table, { now: testNow, serverNow: Date.now() })
      const refused = await drawnRefusals(connection, table, cases.slice(0, 12), 50)
      if (asked.length > 0 || refused.length > 0) wrong[check] = asked.length > 0 ? asked : refused
    }
    expect(wrong).toEqual({})
  })
})

it('says why a CHECK is outside the fragment', async () => {
  const { tables } = await tablesWith(askedChecks.map(([check]) => check))
  const found = await Promise.all(tables.map((table) => compileChecks(table, { now: testNow })))
  expect(found.map(({ asked }) => asked.map(({ reason }) => reason))).toEqual(askedChecks.map(([, reason]) => [reason]))
})

describe('compileChecks', () => {
  it('takes NOT NULL, domains, elements of arrays and generated columns as checks', async () => {
    const { connection, table } = await tableOf(`
      CREATE DOMAIN code AS text CHECK (VALUE ~ '^[A-Z]{2}$') NOT NULL;
      CREATE DOMAIN short AS code CHECK (VALUE <> 'AA');
      CREATE TABLE t (a short, b code[], c int NOT NULL, d int GENERATED ALWAYS AS (c * 2) STORED CHECK (d > 10))`)
    const { cases, asked } = await compileChecks(table, { now: testNow })
    expect(asked).toEqual([])
    expect(cases).toHaveLength(1)
    expect(cases[0]?.domains.get('c')).toEqual({ null: 'never', min: { value: '5', inclusive: false }, patterns: [] })
    expect(await drawnRefusals(connection, table, cases, 50)).toEqual([])
  })

  it('makes arrays and documents that hold what they must, where NULL is no way out', async () => {
    const { connection, table } = await tableOf(`
      CREATE TABLE t (a text[] NOT NULL CHECK ('a b' = ANY (a)), b int[] NOT NULL CHECK (b @> '{1,2}' AND cardinality(b) < 4),
        c text[] NOT NULL CHECK (c && '{x,y}'), j jsonb NOT NULL CHECK (j ? 'name' AND j ?| '{k,l}'),
        k jsonb NOT NULL CHECK (jsonb_array_length(k) BETWEEN 2 AND 3))`)
    const { cases, asked } = await compileChecks(table, { now: testNow })
    expect(asked).toEqual([])
    expect(await drawnRefusals(connection, table, cases, 50)).toEqual([])
    const { domains } = cases[0] ?? expect.fail('no case')
    const [column] = table.columns
    const sampler = createSampler(column ?? expect.fail('no column'), domains.get('a') ?? anyValue, { now: testNow })
    expect([sampler.at?.(0), sampler.at?.(1)].map((text) => text?.startsWith('{"a b",'))).toEqual([true, true])
    expect(sampler.at?.(0)).not.toBe(sampler.at?.(1))
  })

  it('keeps to the partitions of a table', async () => {
    const { connection, table } = await tableOf(`
      CREATE TABLE t (id int, at date) PARTITION BY RANGE (at);
      CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
      CREATE TABLE t2 PARTITION OF t FOR VALUES FROM ('2024-03-01') TO ('2024-04-01') PARTITION BY LIST (id);
      CREATE TABLE t21 PARTITION OF t2 FOR VALUES IN (1, 2)`)
    const { cases } = await compileChecks(table, { now: testNow })
    expect(cases).toHaveLength(2)
    expect(await drawnRefusals(connection, table, cases, 50)).toEqual([])
  })

  it('puts cases with values before those that must be NULL', async () => {
    const { table } = await tableOf('CREATE TABLE t (a int, b int, CHECK (a IS NULL AND b IS NULL OR a > 0 AND b > a))')
    const { cases } = await compileChecks(table, { now: testNow })
    expect(cases.map(({ weight }) => weight)).toEqual([1, 0.0625])
    expect(cases[0]?.domains.get('a')?.min).toEqual({ value: '0', inclusive: false })
  })

  it('uses what it understands of an OR, and asks for the rest only where nothing is left', async () => {
    const { table } = await tableOf('CREATE TABLE t (a int, s text, CHECK (a > 0 OR md5(s) = s), CHECK (a > 5 AND md5(s) <> s))')
    const { cases, asked } = await compileChecks(table, { now: testNow })
    expect(asked.map(({ reason }) => reason)).toEqual(['the function md5()'])
    expect(cases[0]?.domains.get('a')?.min).toEqual({ value: '0', inclusive: false })
  })

  it('keeps at most 64 cases', async () => {
    const checks = ['a', 'b', 'c', 'd'].map((name) => `CHECK (${name} < 0 OR ${name} BETWEEN 5 AND 9 OR ${name} > 90)`)
    const { connection, table } = await tableOf(`CREATE TABLE t (a int, b int, c int, d int, ${checks.join(', ')})`)
    const { cases } = await compileChecks(table, { now: testNow })
    expect(cases).toHaveLength(64)
    expect(await drawnRefusals(connection, table, cases, 2)).toEqual([])
  })
})

describe('checks that contradict each other are named', () => {
  it.each([
    ['a int NOT NULL CONSTRAINT low CHECK (a < 5), CONSTRAINT high CHECK (a > 5), CONSTRAINT other CHECK (b > 0), b int, c int', 'low, high'],
    ['a int NOT NULL CONSTRAINT never CHECK (a IS NULL)', 'never'],
    ['a smallint NOT NULL CONSTRAINT large CHECK (a > 40000)', 'large'],
    ['a varchar(3) NOT NULL CONSTRAINT long CHECK (length(a) > 5)', 'long'],
    ["a text NOT NULL CONSTRAINT few CHECK (a IN ('x', 'y')), CONSTRAINT none CHECK (a ~ 'z')", 'few, none'],
    ['a int NOT NULL, b int NOT NULL, CONSTRAINT up CHECK (a < b), CONSTRAINT down CHECK (b < a)', 'up, down'],
    ['a int NOT NULL CONSTRAINT even CHECK (a % 2 = 0), CONSTRAINT odd CHECK (a % 4 = 3)', 'even, odd'],
  ])('%s', async (definition, names) => {
    const { table } = await tableOf(`CREATE TABLE t (${definition})`)
    const failure = await failureOf(() => compileChecks(table, { now: testNow }))
    expect(failure.code).toBe('SEED_CHECKS_CONTRADICT')
    expect(new Set(failure.message.replace(/^.*: |\.$/g, '').split(', '))).toEqual(new Set(names.split(', ')))
  })
})

interface Tables {
  readonly connection: Connection
  readonly tables: readonly TableFacts[]
}

async function tablesWith(checks: readonly string[]): Promise<Tables> {
  const name = (place: number): string => `t${String(place).padStart(3, '0')}`
  const create = checks.map((check, place) => `CREATE TABLE ${name(place)} (${columns}, CHECK (${check}))`)
  const connection = await database([types, ...create].join(';'))
  return { connection, tables: await readTables(connection) }
}

async function tableOf(sql: string): Promise<{ connection: Connection; table: TableFacts }> {
  const connection = await database(sql)
  const [table] = await readTables(connection)
  return { connection, table: table ?? expect.fail('no table') }
}

async function database(sql: string): Promise<Connection> {
  const connection = await connect(await createTestDatabase())
  onTestFinished(() => connection.end())
  await connection.query(`SET timezone = 'UTC'; ${sql}`)
  return connection
}
