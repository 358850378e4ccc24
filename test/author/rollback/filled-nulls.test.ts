import { expect, it } from 'vitest'
import { filledNulls } from '../../../src/author/rollback/filled-nulls.ts'
import { parseStatements } from '../../../src/postgres/statements/parse-statements.ts'

it.each([
  [`UPDATE t SET a = ('it''s') WHERE a IS NULL`, [['public.t.a', "it's"]]],
  [`UPDATE "S"."T" SET "a b" = '' WHERE "a b" IS NULL`, [['S.T.a b', '']]],
  ['UPDATE t SET a = 0 WHERE a IS NULL; UPDATE t SET b = 2.5 WHERE b IS NULL', [['public.t.a', '0'], ['public.t.b', '2.5']]],
  ['UPDATE t SET a = false WHERE a IS NULL', [['public.t.a', 'false']]],
  [`UPDATE t SET a = '{}'::jsonb WHERE a IS NULL`, [['public.t.a', '{}']]],
  [`UPDATE t SET a = NULL WHERE a IS NULL`, [['public.t.a', undefined]]],
  [`UPDATE t SET a = 'x'`, []],
  [`UPDATE t SET a = 'x' WHERE b IS NULL`, []],
  [`UPDATE t SET a = 'x' WHERE a IS NOT NULL`, []],
  [`UPDATE t SET a = 'x' WHERE a IS NULL OR b IS NULL`, []],
  [`UPDATE t SET a = lower('X') WHERE a IS NULL`, [['public.t.a', undefined]]],
  [`UPDATE t SET a = 'x', b = 1 WHERE a IS NULL`, []],
])('knows what is filled by %s', async (sql, constants) => {
  expect([...filledNulls(await parseStatements(sql, 'migration.sql'), 'public')]).toEqual(constants)
})
