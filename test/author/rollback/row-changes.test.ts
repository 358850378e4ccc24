import { describe, expect, it, test } from 'vitest'
import { rowChanges } from '../../../src/author/rollback/row-changes.ts'
import { parseStatements } from '../../../src/postgres/statements/parse-statements.ts'

const known = new Set(['public.users', 'public.users.name', 'public.users.age', 'Blog.Post', 'public."a.b"', 'public."a.b"."c, d"'])

async function reasonsFor(sql: string): Promise<readonly string[]> {
  return rowChanges(await parseStatements(sql, 'migration.sql'), {
    schema: 'public',
    wasThere: (name) => known.has(name),
    isUndone: () => false,
    isUserFunction: (name) => name === 'refresh' || name.includes('.'),
  })
}

describe('what no rollback of the structure takes back', () => {
  it.each([
    ['INSERT INTO users (name) VALUES (1)', 'rows were inserted into public.users and stay (line 1)'],
    ['UPDATE users SET name = 1, fresh = 2', 'values of public.users (name) were overwritten (line 1)'],
    ['UPDATE "a.b" SET "c, d" = 1', 'values of public."a.b" ("c, d") were overwritten (line 1)'],
    ['DELETE FROM "Blog"."Post"', 'rows of Blog.Post were deleted (line 1)'],
    ['TRUNCATE users, other', 'rows of public.users were deleted (line 1)'],
    ['WITH gone AS (DELETE FROM users RETURNING *) SELECT 1', 'rows of public.users were deleted (line 1)'],
    ['MERGE INTO users u USING x ON x.id = u.id WHEN MATCHED THEN DELETE', 'rows of public.users were merged (line 1)'],
    ['COPY users FROM \'/tmp/x\'', 'rows were copied into public.users and stay (line 1)'],
    ['SELECT refresh()', 'what the function refresh did to rows is not known (line 1)'],
    ["SELECT cron.schedule('x')", 'what the function cron.schedule did to rows is not known (line 1)'],
    ["SELECT setval('s', 1)", 'setval changed what no catalog shows (line 1)'],
    ['CALL refresh()', 'what the called procedure did to rows is not known (line 1)'],
    ['\n\nDO $$ BEGIN UPDATE users SET a = 1; END $$', 'what the DO block did to rows is not known (line 3)'],
    ['ALTER SEQUENCE s RESTART WITH 5', 'the sequence public.s was restarted (line 1)'],
    ['CREATE ROLE reader', 'roles belong to the whole server and stay as they are (line 1)'],
    ['ALTER EXTENSION citext UPDATE', 'the earlier version of an extension is not put back (line 1)'],
  ])('%s', async (sql, reason) => {
    expect(await reasonsFor(sql)).toEqual([reason])
  })
})

test('an INSERT that writes over rows that are there has two reasons', async () => {
  expect(await reasonsFor(`INSERT INTO users (name) VALUES (1) ON CONFLICT (name) DO UPDATE SET age = 2`)).toEqual([
    'rows were inserted into public.users and stay (line 1)',
    'values of public.users (age) were overwritten (line 1)',
  ])
})

test('what the script renamed further up is told by the name that it had', async () => {
  const sql = 'UPDATE people SET full_name = 1, fresh = 2'
  const names = new Map([['public.people', 'public.users'], ['public.people.full_name', 'public.users.name']])
  const reasons = rowChanges(await parseStatements(sql, 'migration.sql'), {
    schema: 'public',
    wasThere: (name) => known.has(name),
    nameBefore: (name) => names.get(name) ?? name,
    isUndone: () => false,
    isUserFunction: () => false,
  })
  expect(reasons).toEqual(['values of public.users (name) were overwritten (line 1)'])
})

describe('what a rollback of the structure takes back, or what changes no rows', () => {
  it.each([
    'INSERT INTO fresh VALUES (1)',
    'UPDATE users SET fresh = 1',
    'DELETE FROM fresh',
    "SELECT set_config('search_path', '', false)",
    "SELECT pg_catalog.set_config('search_path', '', false)",
    'CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC DELETE FROM users; END',
    'CREATE RULE r AS ON INSERT TO users DO ALSO DELETE FROM users',
    'DO $$ BEGIN ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES c ON DELETE CASCADE ON UPDATE CASCADE; END $$',
    'REFRESH MATERIALIZED VIEW m',
    'VACUUM users',
  ])('%s', async (sql) => {
    expect(await reasonsFor(sql)).toEqual([])
  })
})
