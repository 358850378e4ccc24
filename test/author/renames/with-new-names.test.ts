import { expect, it } from 'vitest'
import { namesBefore } from '../../../src/author/renames/names-before.ts'
import { originalPlaces } from '../../../src/author/renames/original-place.ts'
import type { Rename } from '../../../src/author/renames/rename.ts'
import { withNewNames } from '../../../src/author/renames/with-new-names.ts'
import { factsOf } from '../../support/plan-state.ts'

const text = { type: 'text' }
// Item is now Product, its name title and its "old price" cost; in Shop, title was called label; Kind is now Sort.
const facts = factsOf(
  {
    Product: { id: text, title: text, cost: text, kind: text, shopId: text, tags: { type: 'text[]' } },
    Shop: { id: text, title: text, name: text, productId: text },
  },
  { Sort: ['A'] },
)
const named = (name: string) => ({ schema: undefined, name })
const rename = (part: Partial<Rename>): Rename => ({ statements: [], used: undefined, target: '', ...part })
const column = (table: string, before: string, now: string): Rename =>
  rename({ column: { table: named(table), before, now } })
const names = namesBefore(
  facts,
  originalPlaces([
    rename({ object: { before: named('Item'), now: named('Product') } }),
    rename({ object: { before: named('Kind'), now: named('Sort') } }),
    column('Product', 'name', 'title'),
    column('Product', 'old price', 'cost'),
    column('Shop', 'label', 'title'),
  ]),
)

it.each([
  // The row itself.
  ['upper(name)', 'upper("title")'],
  ['upper("title")', 'upper("title")'],
  [`'é' || "old price"::int /* name */ -- name`, `'é' || "cost"::int /* name */ -- name`],
  ['"Item".name || public."Item" . "old price"', '"Product"."title" || "public"."Product"."cost"'],
  ['"Product".name', '"Product"."title"'],
  ['to_jsonb("Item".*)', 'to_jsonb("Product".*)'],
  ['to_jsonb("Item")', 'to_jsonb("Product")'],
  [`'A'::"Kind"::text || (kind::"Kind"[])[1]`, `'A'::"Sort"::text || (kind::"Sort"[])[1]`],
  ["'name'", "'name'"],
  // Sub-selects: the innermost table that had the name.
  ['(SELECT label FROM "Shop" WHERE "Shop".id = "shopId")', '(SELECT "title" FROM "Shop" WHERE "Shop".id = "shopId")'],
  ['(SELECT name FROM "Shop" s WHERE s.label = title)', '(SELECT name FROM "Shop" s WHERE "s"."title" = title)'],
  ['(SELECT max("old price") FROM "Shop")', '(SELECT max("cost") FROM "Shop")'],
  ['(SELECT i.name FROM "Item" i)', '(SELECT "i"."title" FROM "Product" i)'],
  ['(SELECT "Item".name FROM "Item")', '(SELECT "Product"."title" FROM "Product")'],
  ['(SELECT s.name FROM (SELECT name FROM "Item") s)', '(SELECT "s"."title" FROM (SELECT "title" FROM "Product") s)'],
  ['(SELECT s.name FROM (SELECT * FROM "Item") s)', '(SELECT "s"."title" FROM (SELECT * FROM "Product") s)'],
  ['(SELECT s.name FROM (SELECT id AS name FROM "Item" ORDER BY name) s)', '(SELECT s.name FROM (SELECT id AS name FROM "Product" ORDER BY name) s)'],
  ['(WITH "Item" AS (SELECT 1 AS name) SELECT name FROM "Item")', '(WITH "Item" AS (SELECT 1 AS name) SELECT name FROM "Item")'],
  ['(SELECT name FROM unnest(tags) AS name)', '(SELECT name FROM unnest(tags) AS name)'],
  ['(SELECT v || name FROM unnest(tags) AS t(v))', '(SELECT v || "title" FROM unnest(tags) AS t(v))'],
  ['(SELECT 1 FROM "Item" a JOIN "Shop" b ON a.name = b.label)', '(SELECT 1 FROM "Product" a JOIN "Shop" b ON "a"."title" = "b"."title")'],
  ['(SELECT name FROM "Item" UNION SELECT label FROM "Shop" LIMIT 1)', '(SELECT "title" FROM "Product" UNION SELECT "title" FROM "Shop" LIMIT 1)'],
])('%s becomes %s', async (expression, expected) => {
  expect(await withNewNames(expression, named('Product'), names)).toBe(expected)
})
