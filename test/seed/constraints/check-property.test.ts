import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { connect } from '../../../src/postgres/connect.ts'
import { readTables } from '../../../src/postgres/tables/read-tables.ts'
import { isFailure } from '../../../src/errors/failure.ts'
import { compileChecks } from '../../../src/seed/constraints/compile-checks.ts'
import { createTestDatabase } from '../../support/database.ts'
import { drawnRefusals, testNow } from '../../support/drawn-rows.ts'

const number = fc.integer({ min: -20, max: 40 }).map(String)
const comparison = fc.constantFrom('<', '<=', '=', '<>', '>=', '>')
const numeric = fc.constantFrom('a', 'b', 'n')
const text = fc.constantFrom('s', 'v')
const moment = fc.constantFrom('t', 't2', 'd')
const word = fc.constantFrom('a', 'bc', 'x-1', '', 'Q', '50%')

const leaf = fc.oneof(
  fc.tuple(numeric, comparison, number).map((parts) => parts.join(' ')),
  fc.tuple(numeric, comparison, numeric).filter(([one, , other]) => one !== other).map((parts) => parts.join(' ')),
  fc.tuple(numeric, comparison, number).map(([column, operator, value]) => `${column} * 2 - 1 ${operator} ${value}`),
  fc.tuple(number, comparison).map(([value, operator]) => `a + b ${operator} ${value}`),
  fc.tuple(numeric, number, number).map(([column, low, high]) => `${column} BETWEEN ${low} AND ${high}`),
  fc.tuple(numeric, fc.array(number, { minLength: 1, maxLength: 4 })).map(([column, list]) => `${column} IN (${list.join(', ')})`),
  fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 2, max: 5 })).map(([column, by]) => `${column} % ${by} = 1`),
  fc.tuple(text, fc.constantFrom('=', '<>'), word).map(([column, operator, value]) => `${column} ${operator} '${value}'`),
  fc.tuple(text, fc.constantFrom('LIKE', 'NOT LIKE', 'ILIKE'), word, word)
    .map(([column, operator, start, end]) => `${column} ${operator} '${start}%${end}'`),
  fc.tuple(text, fc.constantFrom('~', '!~', '~*'), fc.constantFrom('^[a-c]+$', '[0-9]{2}', '^(a|bc|x-1)', '\\w-\\d$', '^.{2,6}$', 'q'))
    .map(([column, operator, source]) => `${column} ${operator} '${source}'`),
  fc.tuple(text, comparison, fc.integer({ min: 0, max: 9 })).map(([column, operator, value]) => `length(${column}) ${operator} ${value}`),
  text.map((column) => `lower(${column}) = ${column}`),
  fc.tuple(moment, comparison, fc.constantFrom("'2025-03-01'", 'now()', "now() - interval '1 month'", 'CURRENT_DATE'))
    .filter(([, operator]) => operator !== '=' && operator !== '<>').map((parts) => parts.join(' ')),
  fc.tuple(fc.constantFrom('<', '<='), fc.constantFrom('', " + interval '2 days'", " - interval '1 month'"))
    .map(([operator, offset]) => `t ${operator} t2${offset}`),
  fc.constantFrom('a', 'n', 's', 't', 'ok').map((column) => `${column} IS NULL`),
  fc.constantFrom('ok', 'ok IS NOT TRUE', '(a IS NULL) = (s IS NULL)', 'num_nonnulls(a, s, t) = 2', 'a IS DISTINCT FROM b', 'coalesce(a, b) > 3'),
)

const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.tuple(tie('condition'), fc.constantFrom('AND', 'OR'), tie('condition')).map((parts) => `(${parts.join(' ')})`),
    tie('condition').map((inner) => `NOT (${inner})`),
  ),
}))

const columns = 'a int, b smallint, n numeric(8,2), s text, v varchar(6), t timestamptz, t2 timestamptz, d date, ok boolean'

it('rows drawn for any condition of the fragment are accepted by PostgreSQL', async () => {
  const connection = await connect(await createTestDatabase())
  onTestFinished(() => connection.end())
  await connection.query("SET timezone = 'UTC'")
  let judged = 0
  await fc.assert(
    fc.asyncProperty(fc.array(condition, { minLength: 1, maxLength: 3 }), fc.boolean(), async (checks, isNotNull) => {
      const shape = isNotNull ? columns.replaceAll(',', ' NOT NULL,').replace('(8 NOT NULL,', '(8,') : columns
      await connection.query(`DROP TABLE IF EXISTS t; CREATE TABLE t (${shape}, ${checks.map((check) => `CHECK (${check})`).join(', ')})`)
      const [table] = await readTables(connection)
      if (table === undefined) return expect.fail('no table')
      const compiled = await compileChecks(table, { now: testNow, serverNow: Date.now() }).catch((error: unknown) => {
        if (isFailure(error)) return undefined
        throw error
      })
      if (compiled === undefined || compiled.asked.length > 0) return
      judged++
      const refused = await drawnRefusals(connection, table, compiled.cases.slice(0, 4), 6)
      // A case may be too narrow to find a row in; what is found must do.
      expect(refused.filter((one) => !one.startsWith('no value'))).toEqual([])
    }),
    { seed: 777, numRuns: 200 },
  )
  expect(judged).toBeGreaterThan(100)
})
