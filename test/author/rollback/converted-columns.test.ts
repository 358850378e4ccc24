import { expect, it } from 'vitest'
import { convertedColumns } from '../../../src/author/rollback/converted-columns.ts'
import { parseStatements } from '../../../src/postgres/statements/parse-statements.ts'

it.each([
  ['TYPE bigint', 'assigned'],
  ['TYPE bigint USING a::bigint', 'cast'],
  ['TYPE public."Role" USING (a::text::public."Role")', 'cast'],
  ['TYPE bytea USING (a::text::bytea)', 'bytes'],
  ['TYPE bytea USING a::bytea', 'cast'],
  ["TYPE bytea USING convert_to(a, 'UTF8')", 'encoded'],
  ["TYPE bytea USING convert_to(a::text, 'utf-8')", 'encoded'],
  ["TYPE bytea USING convert_to(a, 'LATIN1')", 'computed'],
  ["TYPE bytea USING convert_to(b, 'UTF8')", 'computed'],
  ["TYPE timestamptz USING a AT TIME ZONE 'utc'", 'zoned'],
  ["TYPE timestamptz USING a AT TIME ZONE 'Europe/Rome'", 'computed'],
  ["TYPE timestamptz USING a::timestamp AT TIME ZONE 'UTC'", 'midnight'],
  ["TYPE timestamptz USING a::timestamp(0) AT TIME ZONE 'UTC'", 'computed'],
  ["TYPE timestamptz USING b AT TIME ZONE 'UTC'", 'computed'],
  ['TYPE integer USING length(a)', 'computed'],
  ['TYPE bigint USING (b)', 'computed'],
  ['TYPE bigint USING a::int', 'computed'],
  ['TYPE numeric(12,2) USING a::int::numeric(12,2)', 'computed'],
  ['TYPE numeric(12,2) USING a::text::decimal(12,2)', 'cast'],
  ['TYPE text USING a::varchar(3)', 'computed'],
  ['TYPE timestamptz(6) USING a::timestamp(0)::timestamptz(6)', 'computed'],
  ['TYPE "Role"[] USING a::text[]::"Role"[]', 'cast'],
])('reads ALTER COLUMN … %s', async (action, how) => {
  const statements = await parseStatements(`ALTER TABLE "T" ALTER COLUMN a ${action}, ALTER b SET NOT NULL`, 'm.sql')
  expect([...convertedColumns(statements, 'app')]).toEqual([['app.T.a', { how }]])
})
