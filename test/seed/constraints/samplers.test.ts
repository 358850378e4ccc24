import { describe, expect, it, onTestFinished } from 'vitest'
import { connect } from '../../../src/postgres/connect.ts'
import { readTables } from '../../../src/postgres/tables/read-tables.ts'
import type { ColumnFacts } from '../../../src/postgres/tables/table-facts.ts'
import { anyValue } from '../../../src/seed/constraints/any-value.ts'
import type { Domain, DomainSampler } from '../../../src/seed/constraints/domain.ts'
import { createSampler } from '../../../src/seed/constraints/samplers/create-sampler.ts'
import { cellRandom } from '../../../src/seed/random/cell-random.ts'
import { createTestDatabase } from '../../support/database.ts'
import { testNow } from '../../support/drawn-rows.ts'

const types = [
  'smallint', 'integer', 'bigint', 'numeric', 'numeric(6,2)', 'numeric(4,-1)', 'numeric(3,3)', 'real', 'double precision', 'money', 'text',
  'varchar(3)', 'char(5)', 'boolean', 'date', 'time', 'time(0)', 'timetz', 'timestamp', 'timestamp(0)', 'timestamptz(3)',
  'interval', 'uuid', 'bytea', 'inet', 'cidr', 'macaddr', 'macaddr8', 'json', 'jsonb', 'bit', 'bit(9)', 'varbit(9)',
  'xml', 'tsvector', 'tsquery', 'point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle', 'int4range', 'numrange',
  'daterange', 'tstzrange', 'int8range', 'int4multirange', 'tsrange', 'name', '"char"', 'oid', 'pg_lsn', 'mood', 'price',
  'text[]', 'int[][]', 'mood[]', 'price[]', 'tstzrange[]', 'jsonb[]', 'jsonpath', 'floats',
]

it('makes values of every type, which PostgreSQL takes and which are distinct where they are counted off', async () => {
  const connection = await connect(await createTestDatabase())
  onTestFinished(() => connection.end())
  await connection.query(`
    CREATE TYPE mood AS ENUM ('sad', 'it''s "fine"');
    CREATE TYPE price AS (amount numeric(8,2), currency char(3), note text);
    CREATE TYPE floats AS RANGE (subtype = float8);
    CREATE TABLE t (${types.map((type, place) => `c${place} ${type}`).join(', ')})`)
  const [table] = await readTables(connection)
  for (const column of table?.columns ?? []) {
    const sampler = createSampler(column, anyValue, { now: testNow })
    const drawn = Array.from({ length: 40 }, (_, row) => sampler.draw(random(row)) ?? `nothing of ${column.type}`)
    expect([column.type, drawn.filter((cell) => !sampler.contains(cell))]).toEqual([column.type, []])
    const counted = Array.from({ length: Math.min(300, sampler.capacity) }, (_, index) => sampler.at?.(index) ?? '')
    expect([column.type, new Set(counted).size]).toEqual([column.type, counted.length])
    const { rows } = await connection.query<{ distinct: number }>(
      `SELECT count(DISTINCT value::${column.type}::text)::int AS distinct FROM unnest($1::text[]) AS value`,
      [counted],
    )
    expect([column.type, rows[0]?.distinct]).toEqual([column.type, counted.length])
    await connection.query(`INSERT INTO t (${column.name}) SELECT value::${column.type} FROM unnest($1::text[]) AS value`, [drawn])
  }
})

describe('a domain', () => {
  it.each<[string, Partial<ColumnFacts>, Partial<Domain>, number, readonly string[]]>([
    ['integers', int4, { min: { value: '0.5', inclusive: true }, max: { value: '4', inclusive: false } }, 3, ['1', '2', '3']],
    ['with holes', int4, { min: bound(1), max: bound(5), excluded: ['2', '4.0', '9'] }, 3, ['1', '3', '5']],
    ['on a step', int4, { min: bound(-7), max: bound(7), step: { modulus: '5', remainder: '0' } }, 3, ['0', '5', '-5']],
    ['beyond 2^53', { baseType: 'int8' }, { min: bound('9223372036854775806') }, 2, ['9223372036854775806', '9223372036854775807']],
    ['numeric(3,1)', { baseType: 'numeric', precision: 3, scale: 1 }, { min: { value: '99.75', inclusive: true } }, 2, ['99.8', '99.9']],
    ['listed', { baseType: 'text' }, { values: ['a', 'bb', 'a'], maxLength: 1 }, 1, ['a']],
    ['a pattern', { baseType: 'text' }, { patterns: [pattern('^[ab]-[01]$')] }, 4, ['a-0', 'a-1', 'b-0', 'b-1']],
    ['ignoring case', { baseType: 'citext' }, { patterns: [pattern('^[aAbB]$')] }, 2, ['a', 'b']],
    ['two patterns', { baseType: 'text' }, { patterns: [pattern('^[abc]{2}$'), pattern('a'), { ...pattern('b'), negated: true }] }, 3, ['aa', 'ac', 'ca']],
    ['labels', { baseType: 'mood', kind: 'enum', enumLabels: ['x', 'y', 'z'] }, { min: bound('y') }, 2, ['y', 'z']],
    ['no value', int4, { min: bound(5), max: bound(4) }, 0, []],
    ['times', { baseType: 'timestamptz', fractionDigits: 0 }, { min: bound('2024-01-01 00:00:00'), max: bound('2024-01-01 00:00:01') }, 2, ['2024-01-01 00:00:00+00', '2024-01-01 00:00:01+00']],
  ])('of %s is counted and contains what it draws', (_, column, domain, capacity, all) => {
    const sampler = samplerOf(column, domain)
    expect(sampler.capacity).toBe(capacity)
    const counted = Array.from({ length: capacity }, (__, index) => sampler.at?.(index) ?? '')
    expect(counted.toSorted()).toEqual(all.toSorted())
    expect(counted.filter((value) => !sampler.contains(value))).toEqual([])
    const drawn = new Set(Array.from({ length: 60 }, (__, row) => sampler.draw(random(row)) ?? ''))
    expect([...drawn].filter((value) => value !== '').filter((value) => !sampler.contains(value))).toEqual([])
  })

  it('rounds as PostgreSQL does before it judges', () => {
    const sampler = samplerOf({ baseType: 'numeric', precision: 6, scale: 2 }, { max: bound(10) })
    expect(['10.004', '10.005', '9.999', 'NaN', 'x', '99999'].map((text) => sampler.contains(text))).toEqual([
      true, false, true, false, false, false,
    ])
  })

  it('says what NULL is', () => {
    const of = (nullable: Domain['null']): DomainSampler => samplerOf(int4, { null: nullable, min: bound(2), max: bound(1) })
    expect((['never', 'allowed', 'always'] as const).map((each) => of(each).contains(null))).toEqual([false, true, true])
    expect((['never', 'allowed', 'always'] as const).map((each) => of(each).draw(random(0)))).toEqual([undefined, null, null])
  })
})

const int4: Partial<ColumnFacts> = { baseType: 'int4' }

function bound(value: string | number): { readonly value: string; readonly inclusive: boolean } {
  return { value: String(value), inclusive: true }
}

function pattern(source: string): Domain['patterns'][number] {
  return { source, ignoreCase: false, negated: false }
}

function samplerOf(column: Partial<ColumnFacts>, domain: Partial<Domain>): DomainSampler {
  const facts: ColumnFacts = {
    name: 'x', type: column.baseType ?? '', kind: 'scalar', baseType: '', arrayDimensions: 0, enumLabels: undefined,
    maxLength: undefined, precision: undefined, scale: undefined, fractionDigits: undefined, notNull: false,
    default: undefined, identity: undefined, generated: undefined, sequence: undefined, domainChecks: [],
    elementDomain: undefined, parts: [], comment: undefined, ...column,
  }
  return createSampler(facts, { ...anyValue, ...domain }, { now: testNow })
}

function random(row: number): ReturnType<typeof cellRandom> {
  return cellRandom({ seed: 's', model: 'm', field: 'f', row, attempt: 0 })
}
