import { expect, it } from 'vitest'
import { convertedColumns } from '../../../src/author/rollback/converted-columns.ts'
import { parseStatements } from '../../../src/postgres/statements/parse-statements.ts'

it.each([
  ['TYPE bigint', 'assigned'],
  ['TYPE bigint USING a::bigint', 'cast'],
  ['TYPE public."Role" USING (a::text::public."Role")', 'cast'],
  ['TYPE bytea USING (a::text::bytea)', 'bytes'],
  ['TYPE bytea USING a::bytea', 'cast'],
  ["TYPE timestamptz USING a AT TIME ZONE 'utc'", 'zoned'],
  ["TYPE timestamptz USING a AT TIME ZONE 'Europe/Rome'", 'computed'],
  ['TYPE integer USING length(a)', 'computed'],
])('reads ALTER COLUMN … %s', async (action, how) => {
  const statements = await parseStatements(`ALTER TABLE "T" ALTER COLUMN a ${action}, ALTER b SET NOT NULL`, 'm.sql')
  expect([...convertedColumns(statements, 'app')]).toEqual([['app.T.a', { how }]])
})
