import { expect, it } from 'vitest'
import { deleteInsertedRows } from '../../../src/author/rollback/delete-inserted-rows.ts'
import type { Catalog } from '../../../src/postgres/catalog/catalog.ts'
import { parseStatements } from '../../../src/postgres/statements/parse-statements.ts'

const after: Catalog = {
  objects: [
    { kind: 'constraint', name: 'public.plans.plans_pkey', definition: { definition: 'PRIMARY KEY (id)' } },
    { kind: 'constraint', name: 'public."Price"."Price_pkey"', definition: { definition: 'PRIMARY KEY ("planId", no)' } },
    {
      kind: 'index',
      name: 'public.flags_name_key',
      definition: { table: 'public.flags', definition: 'CREATE UNIQUE INDEX flags_name_key ON public.flags USING btree (name)' },
    },
    {
      kind: 'index',
      name: 'public.part',
      definition: { table: 'public.part', definition: 'CREATE UNIQUE INDEX p ON public.part USING btree (name) WHERE (a > 0)' },
    },
  ],
}

async function deletionsOf(sql: string): Promise<readonly string[]> {
  return deleteInsertedRows(await parseStatements(sql, 'migration.sql'), after, 'public').map((one) => one.sql)
}

it.each([
  [`INSERT INTO plans (name, id) VALUES ('x', 'a''b'), (now(), 'c\\d')`, `DELETE FROM "public"."plans" WHERE "id" IN ('a''b', E'c\\\\d')`],
  [`INSERT INTO plans (id) VALUES (0), (7), (1.5)`, `DELETE FROM "public"."plans" WHERE "id" IN (0, 7, 1.5)`],
  [
    `INSERT INTO "Price" ("planId", no) VALUES ('a', 1), ('b'::text, '2')`,
    `DELETE FROM "public"."Price" WHERE ("planId", "no") IN (('a', 1), ('b', '2'))`,
  ],
  [`INSERT INTO flags (name) VALUES ('on')`, `DELETE FROM "public"."flags" WHERE "name" IN ('on')`],
])('%s', async (sql, deletion) => {
  expect(await deletionsOf(sql)).toEqual([deletion])
})

it('begins with the last', async () => {
  const sql = `INSERT INTO plans (id) VALUES ('a'); INSERT INTO flags (name) VALUES ('on')`
  expect((await deletionsOf(sql)).map((one) => one.slice(0, 28))).toEqual(['DELETE FROM "public"."flags"', 'DELETE FROM "public"."plans"'])
})

it.each([
  'INSERT INTO plans (name) VALUES (1)',
  'INSERT INTO plans VALUES (1)',
  'INSERT INTO plans (id) SELECT 1',
  'INSERT INTO plans (id) VALUES (gen_random_uuid())',
  'INSERT INTO plans (id) VALUES (1), (1 + 1)',
  'INSERT INTO plans (id) VALUES (NULL)',
  'INSERT INTO plans (id) VALUES (1) ON CONFLICT DO NOTHING',
  'WITH x AS (SELECT 1) INSERT INTO plans (id) VALUES (1)',
  "INSERT INTO part (name) VALUES ('a')",
  "INSERT INTO nowhere (id) VALUES ('a')",
])('leaves alone: %s', async (sql) => {
  expect(await deletionsOf(sql)).toEqual([])
})
