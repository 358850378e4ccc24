import { describe, expect, it, onTestFinished } from 'vitest'
import { isSafeCast, isSameFamily, readColumnType, readTypeName } from '../../src/author/column-types.ts'
import { connect } from '../../src/postgres/connect.ts'
import { createTestDatabase } from '../support/database.ts'

describe('readColumnType', () => {
  it.each([
    ['TEXT', 'text', [], false],
    ['character varying(20)[]', 'varchar', [20], true],
    ['VARCHAR(20)', 'varchar', [20], false],
    ['DECIMAL(10,2)', 'numeric', [10, 2], false],
    ['timestamp(3) without time zone', 'timestamp', [3], false],
    ['TIMESTAMPTZ(3)', 'timestamptz', [3], false],
    ['timestamp with time zone', 'timestamptz', [], false],
    ['time(6) with time zone', 'timetz', [6], false],
    ['double precision', 'float8', [], false],
    ['DOUBLE PRECISION[]', 'float8', [], true],
    ['"Role"[]', 'Role', [], true],
    ['"audit"."my ""type"""', 'my "type"', [], false],
    ['BIGSERIAL', 'int8', [], false],
    ['bit varying(4)', 'varbit', [4], false],
    ['bpchar', 'char', [], false],
  ] as const)('reads %s', (text, base, sizes, isList) => {
    expect(readColumnType(text)).toEqual({ base, sizes, isList })
  })

  it("reads the engine's and PostgreSQL's spelling of a type as the same", async () => {
    const types = ['TEXT', 'VARCHAR(7)', 'CHAR(3)', 'INTEGER', 'SMALLINT', 'BIGINT', 'BOOLEAN', 'REAL', 'DOUBLE PRECISION', 'DECIMAL(65,30)', 'TIMESTAMP(3)', 'TIMESTAMPTZ(6)', 'TIME(0)', 'TIMETZ(2)', 'DATE', 'JSONB', 'JSON', 'BYTEA', 'UUID', 'INET', 'BIT(4)', 'VARBIT(5)', 'XML', 'MONEY', 'OID', 'TEXT[]', 'TIMESTAMP(3)[]', '"My Enum"', '"My Enum"[]']
    const connection = await connect(await createTestDatabase())
    onTestFinished(() => connection.end())
    await connection.query(`CREATE TYPE "My Enum" AS ENUM ('a'); CREATE TABLE t (${types.map((type, at) => `c${at} ${type}`).join(', ')})`)
    const { rows } = await connection.query<{ type: string }>(
      `SELECT format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum`,
    )
    expect(rows.map(({ type }) => readColumnType(type))).toEqual(types.map(readColumnType))
  })
})

describe('readTypeName', () => {
  it.each([
    ['"Role"[]', undefined, 'Role'],
    ['"audit"."Kind"', 'audit', 'Kind'],
    ['audit.kind[]', 'audit', 'kind'],
    ['"a.b"."c""d"', 'a.b', 'c"d'],
    ['role', undefined, 'role'],
  ])('reads %s', (text, schema, name) => {
    expect(readTypeName(text)).toEqual({ schema, name })
  })
})

describe('isSafeCast', () => {
  it.each([
    ['varchar(10)', 'text'],
    ['varchar(10)', 'varchar(20)'],
    ['varchar(10)', 'varchar'],
    ['text', 'varchar'],
    ['citext', 'text'],
    ['uuid', 'text'],
    ['int2', 'int4'],
    ['int4', 'int8'],
    ['int4', 'float8'],
    ['int4', 'numeric(12,2)'],
    ['int8', 'numeric'],
    ['float4', 'float8'],
    ['numeric(10,2)', 'numeric(12,2)'],
    ['numeric(10,2)', 'numeric(11,3)'],
    ['numeric(10,2)', 'numeric'],
    ['json', 'jsonb'],
    ['date', 'timestamp(3)'],
    ['timestamp(3)', 'timestamp(6)'],
    ['timestamp', 'timestamp(6)'],
    ['int4[]', 'int8[]'],
    ['bit(4)', 'bit(4)'],
  ])('lets %s become %s without a question', (from, to) => {
    expect(isSafeCast(readColumnType(from), readColumnType(to))).toBe(true)
  })

  it.each([
    ['text', 'varchar(20)'],
    ['varchar(20)', 'varchar(10)'],
    ['char(3)', 'text'],
    ['char(3)', 'char(5)'],
    ['text', 'int4'],
    ['int4', 'text'],
    ['int8', 'int4'],
    ['int4', 'float4'],
    ['int8', 'float8'],
    ['int4', 'numeric(5,2)'],
    ['numeric', 'numeric(10,2)'],
    ['numeric(10,2)', 'numeric(10,3)'],
    ['numeric(12,2)', 'numeric(10,2)'],
    ['float8', 'numeric'],
    ['float8', 'float4'],
    ['jsonb', 'json'],
    ['timestamp', 'timestamptz'],
    ['date', 'timestamptz'],
    ['timestamp(6)', 'timestamp(3)'],
    ['timestamp', 'timestamp(3)'],
    ['bit(4)', 'bit(8)'],
    ['int4', 'int4[]'],
    ['int4[]', 'int4'],
    ['"Role"', 'text'],
    ['"Role"', '"Status"'],
    ['text', 'citext'],
  ])('asks before %s becomes %s', (from, to) => {
    expect(isSafeCast(readColumnType(from), readColumnType(to))).toBe(false)
  })
})

describe('isSameFamily', () => {
  it('puts together what a renamed field may have become', () => {
    const same = (left: string, right: string): boolean => isSameFamily(readColumnType(left), readColumnType(right))
    expect(same('int4', 'int8')).toBe(true)
    expect(same('varchar(3)', 'TEXT')).toBe(true)
    expect(same('timestamp(3)', 'date')).toBe(true)
    expect(same('"Role"', '"Role"')).toBe(true)
    expect(same('int4', 'text')).toBe(false)
    expect(same('int4', 'int4[]')).toBe(false)
    expect(same('"Role"', '"Status"')).toBe(false)
  })
})
