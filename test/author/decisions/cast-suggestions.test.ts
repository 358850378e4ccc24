import { describe, expect, it, onTestFinished } from 'vitest'
import { castSuggestions } from '../../../src/author/decisions/cast-suggestions.ts'
import { castSteps } from '../../../src/author/cast-steps.ts'
import { isSafeCast, readColumnType } from '../../../src/author/column-types.ts'
import { readExpression } from '../../../src/author/expressions.ts'
import { type Connection, connect } from '../../../src/postgres/connect.ts'
import { createTestDatabase } from '../../support/database.ts'

describe('castSuggestions', () => {
  it.each([
    ['text', 'INTEGER', '"x"::INTEGER'],
    ['character varying(20)', 'VARCHAR(10)', '"x"::text'],
    ['text', 'BOOLEAN', '"x"::BOOLEAN'],
    ['text', '"Role"', '"x"::"Role"'],
    ['text', 'JSONB', '"x"::JSONB'],
    ['text', 'BYTEA', `convert_to("x", 'UTF8')`],
    ['bytea', 'TEXT', `convert_from("x", 'UTF8')`],
    ['"Role"', 'TEXT', '"x"::TEXT'],
    ['"Role"', '"Status"', '"x"::text::"Status"'],
    ['"Role"[]', '"Status"[]', '"x"::text[]::"Status"[]'],
    ['timestamp(3) without time zone', 'TIMESTAMPTZ(3)', `"x" AT TIME ZONE 'UTC'`],
    ['timestamp with time zone', 'TIMESTAMP(3)', `"x" AT TIME ZONE 'UTC'`],
    ['timestamp with time zone', 'DATE', `("x" AT TIME ZONE 'UTC')::date`],
    ['date', 'TIMESTAMPTZ(3)', `"x"::timestamp AT TIME ZONE 'UTC'`],
    ['timestamp(6) without time zone', 'TIMESTAMP(3)', '"x"::TIMESTAMP(3)'],
    ['bigint', 'TIMESTAMP(3)', `to_timestamp("x"::float8) AT TIME ZONE 'UTC'`],
    ['timestamp(3) without time zone', 'BIGINT', 'extract(epoch FROM "x")::BIGINT'],
    ['integer', 'UUID', 'md5("x"::text)::uuid'],
    ['integer', 'BOOLEAN', '"x" <> 0'],
    ['boolean', 'BIGINT', '"x"::integer::BIGINT'],
    ['double precision', 'DECIMAL(10,2)', '"x"::DECIMAL(10,2)'],
    ['jsonb', 'INTEGER', `("x" #>> '{}')::INTEGER`],
    ['integer', 'JSONB', 'to_jsonb("x")'],
    ['text', 'TEXT[]', `CASE WHEN "x" IS NULL THEN '{}' ELSE ARRAY["x"::TEXT] END`],
    ['text[]', 'TEXT', '("x"[1])::TEXT'],
    ['integer[]', 'UUID[]', 'ARRAY(SELECT md5(element::text)::uuid FROM unnest("x") AS element)'],
    ['jsonb', 'TEXT[]', 'ARRAY(SELECT jsonb_array_elements_text("x"::jsonb))::TEXT[]'],
  ])('makes %s %s by %s', (from, to, expression) => {
    expect(castSuggestions('x', readColumnType(from), to)[0][0]).toBe(expression)
  })

  it('offers to cut what is too long only as a second answer', () => {
    expect(castSuggestions('x', readColumnType('text'), 'VARCHAR(5)')).toEqual([
      ['"x"::text', 'a longer text is refused'],
      ['left("x"::text, 5)', 'a longer text is cut'],
    ])
  })

  it('quotes a column that needs it', () => {
    expect(castSuggestions('a "b"', readColumnType('text'), 'INTEGER')[0][0]).toBe('"a ""b"""::INTEGER')
  })

  it('is understood by PostgreSQL between any two types, also as a list', { timeout: 120_000 }, async () => {
    const connection = await database()
    for (const [from, value] of samples) {
      for (const [to] of samples) {
        for (const [before, after, literal] of [
          [from, to, value],
          [`${from}[]`, to, `ARRAY[${value}, ${value}]`],
          [from, `${to}[]`, value],
          [`${from}[]`, `${to}[]`, `ARRAY[${value}]`],
        ] as const) {
          await tryCasts(connection, before, after, literal)
        }
      }
    }
  })
})

const samples: readonly (readonly [type: string, value: string])[] = [
  ['TEXT', "'1'"],
  ['VARCHAR(8)', "'1'"],
  ['INTEGER', '1'],
  ['BIGINT', '1'],
  ['DECIMAL(6,2)', '1'],
  ['DOUBLE PRECISION', '1'],
  ['BOOLEAN', 'true'],
  ['TIMESTAMP(3)', 'now()'],
  ['TIMESTAMPTZ(3)', 'now()'],
  ['DATE', 'now()'],
  ['TIME(3)', "'10:00'"],
  ['JSONB', `'"1"'`],
  ['JSON', `'"1"'`],
  ['BYTEA', "'1'"],
  ['UUID', 'gen_random_uuid()'],
  ['"E 1"', "'1'"],
  ['"F"', "'1'"],
]

/** Whether the value itself can become the other type is for the rows to say; what is no SQL at all is not. */
async function tryCasts(connection: Connection, from: string, to: string, value: string): Promise<void> {
  if (from === to || isSafeCast(readColumnType(from), readColumnType(to))) return
  for (const [expression] of castSuggestions('x y', readColumnType(from), to)) {
    const { hasSubselect } = await readExpression(expression, '--cast')
    const before = { name: 'x y', type: from, notNull: false, defaultText: null, isGenerated: false }
    const table = { schema: undefined, name: 't' }
    const cast = { subject: 'T.x', table, column: 'x y', before, type: to, expression, notNull: false }
    const steps = castSteps(cast, hasSubselect).join(';')
    try {
      await connection.query(`BEGIN; CREATE TABLE t ("x y" ${from}); INSERT INTO t SELECT (${value})::${from}; ${steps}; ROLLBACK`)
    } catch (error) {
      await connection.query('ROLLBACK')
      expect(codeOf(error), `${from} to ${to} by ${expression}: ${String(error)}`).toMatch(/^22/)
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

async function database(): Promise<Connection> {
  const connection = await connect(await createTestDatabase())
  onTestFinished(() => connection.end())
  await connection.query(`CREATE TYPE "E 1" AS ENUM ('1', '2'); CREATE TYPE "F" AS ENUM ('1')`)
  return connection
}
