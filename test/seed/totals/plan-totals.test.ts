import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../../src/postgres/database-url.ts'
import { inTransaction } from '../../../src/postgres/in-transaction.ts'
import { readTables } from '../../../src/postgres/tables/read-tables.ts'
import { checkFiles } from '../../../src/seed/deliver/files/check-files.ts'
import type { Generator } from '../../../src/seed/generators/generator.ts'
import { loadSeedFiles } from '../../../src/seed/load-seed-files.ts'
import { seedRows, type SeedRowsInput } from '../../../src/seed/seed-rows.ts'
import { writeSeedFiles } from '../../../src/seed/write-seed-files.ts'
import { createTestDatabase } from '../../support/database.ts'
import { rowsOf } from '../../support/database-rows.ts'
import { createFolder } from '../../support/files.ts'

/** Lines by price, by own amount, in cents, with checks, triggers and without; and tables that only look like lines. */
const schema = `
  CREATE TABLE orders (id serial PRIMARY KEY, total numeric(12,2) NOT NULL CHECK (total >= 0), item_count int NOT NULL,
    total_quantity int NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, CHECK (updated_at >= created_at));
  CREATE TABLE order_items (order_id int NOT NULL REFERENCES orders, position int NOT NULL, quantity int NOT NULL CHECK (quantity > 0),
    unit_price numeric(10,2) NOT NULL, PRIMARY KEY (order_id, position));
  CREATE TABLE payments (id serial PRIMARY KEY, order_id int NOT NULL REFERENCES orders, amount numeric(10,2) NOT NULL);

  CREATE TABLE "Invoice" (id uuid PRIMARY KEY, subtotal numeric(12,2) NOT NULL, "discountAmount" numeric(12,2) NOT NULL,
    tax numeric(12,2) NOT NULL, shipping numeric(12,2) NOT NULL, "serviceFee" numeric(12,2) NOT NULL,
    total numeric(12,2) NOT NULL, "itemCount" int NOT NULL,
    CHECK (total = subtotal - "discountAmount" + tax + shipping + "serviceFee"), CHECK ("discountAmount" <= subtotal));
  CREATE TABLE "InvoiceLine" (id serial PRIMARY KEY, "invoiceId" uuid NOT NULL REFERENCES "Invoice", quantity numeric(8,3) NOT NULL,
    "unitPrice" numeric(12,4) NOT NULL, "discountPercent" numeric(5,2) NOT NULL, "lineTotal" numeric(12,2) NOT NULL);

  CREATE TABLE carts (id serial PRIMARY KEY, total_cents bigint NOT NULL, price float8);
  CREATE TABLE cart_entries (id serial PRIMARY KEY, cart_id int REFERENCES carts, qty int NOT NULL, price_cents int NOT NULL,
    total_cents bigint NOT NULL);

  CREATE TABLE posts (id serial PRIMARY KEY, comment_count int NOT NULL, likes_count int CHECK (likes_count < 3));
  CREATE TABLE comments (id serial PRIMARY KEY, post_id int NOT NULL REFERENCES posts, body text NOT NULL);
  CREATE TABLE post_likes (post_id int NOT NULL REFERENCES posts, n int NOT NULL, PRIMARY KEY (post_id, n));

  CREATE TABLE bills (id serial PRIMARY KEY, amount int2 NOT NULL);
  CREATE TABLE bill_lines (id serial PRIMARY KEY, bill_id int NOT NULL REFERENCES bills, amount int2 NOT NULL);`

function inputFor(to: DatabaseUrl, more: Partial<SeedRowsInput> = {}): SeedRowsInput {
  const now = Date.UTC(2026, 0, 1)
  const counts = new Map([
    ['public.order_items', { perParent: 3, of: 'public.orders' }],
    ['public.InvoiceLine', { perParent: 3, of: 'public.Invoice' }],
    ['public.cart_entries', { perParent: 2, of: 'public.carts' }],
    ['public.post_likes', { rows: 70 }],
  ])
  return { database: to, counts, rows: 120, seed: 's', locale: 'en', now, isPinned: true, ...more }
}

async function emptyDatabase(): Promise<DatabaseUrl> {
  const made = await createTestDatabase('totals')
  await withConnection(made, (connection) => connection.query(schema))
  return made
}

async function filledDatabase(): Promise<DatabaseUrl> {
  const made = await emptyDatabase()
  await seedRows(inputFor(made))
  return made
}

/** Rows that are not what their lines say, and how many there are in all. */
const sums: readonly (readonly [string, string, string])[] = [
  ['total = quantity × price', 'orders', `total <> coalesce((SELECT sum(quantity * unit_price) FROM order_items WHERE order_id = t.id), 0)`],
  ['item count', 'orders', `item_count <> (SELECT count(*) FROM order_items WHERE order_id = t.id)`],
  ['items that are called lines', '"Invoice"', `"itemCount" <> (SELECT count(*) FROM "InvoiceLine" WHERE "invoiceId" = t.id)`],
  ['total quantity', 'orders', `total_quantity <> coalesce((SELECT sum(quantity) FROM order_items WHERE order_id = t.id), 0)`],
  ['a line less its discount', '"InvoiceLine"', `"lineTotal" <> round(quantity * "unitPrice" * (1 - "discountPercent" / 100), 2)`],
  ['subtotal = amounts of the lines', '"Invoice"', `subtotal <> coalesce((SELECT sum("lineTotal") FROM "InvoiceLine" WHERE "invoiceId" = t.id), 0)`],
  ['cents of a line', 'cart_entries', `total_cents <> qty * price_cents`],
  ['cents of all lines', 'carts', `total_cents <> coalesce((SELECT sum(total_cents) FROM cart_entries WHERE cart_id = t.id), 0)`],
  ['comments', 'posts', `comment_count <> (SELECT count(*) FROM comments WHERE post_id = t.id)`],
]

test('totals are what their lines come to', async () => {
  const database = await filledDatabase()
  const wrong = await Promise.all(
    sums.map(async ([what, table, condition]) => {
      const [found] = await rowsOf(database, `SELECT count(*), count(*) FILTER (WHERE ${condition}) FROM ${table} AS t`)
      return `${what}: ${found ?? ''}`
    }),
  )
  expect(wrong.filter((line) => !/: [1-9]\d*\|0$/u.test(line))).toEqual([])
  const lines = 'SELECT count(*) FROM order_items GROUP BY order_id'
  expect(await rowsOf(database, `SELECT max(count) > 5, min(count) < 3 FROM (${lines})`)).toEqual(['t|t'])
  expect(await rowsOf(database, 'SELECT count(*) > 0 FROM "Invoice" WHERE subtotal = 0')).toEqual(['t'])

  // What a check or the type does not take is no sum; every other row is.
  const likes = '(SELECT count(*) FROM post_likes WHERE post_id = t.id)'
  expect(await rowsOf(database, `SELECT count(*) FILTER (WHERE likes_count <> ${likes} AND ${likes} < 3) FROM posts AS t`)).toEqual(['0'])
  const amount = '(SELECT coalesce(sum(amount), 0) FROM bill_lines WHERE bill_id = t.id)'
  const fits = `${amount} <= 32767`
  expect(
    await rowsOf(database, `SELECT count(*) FILTER (WHERE amount <> ${amount} AND ${fits}), count(*) > 1 FROM bills AS t`),
  ).toEqual(['0|t'])
})

test('files, two workers and a run on its own give the same totals', async () => {
  const content = `SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM orders AS t UNION ALL
    SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM "Invoice" AS t`
  const [database, threads, files] = [await filledDatabase(), await emptyDatabase(), await emptyDatabase()]
  await seedRows(inputFor(threads, { workers: 2 }))
  const directory = join(createFolder(), 'rows')
  const target = { directory, format: 'csv', environment: 'qa' } as const
  await withConnection(files, (connection) =>
    inTransaction(connection, () => writeSeedFiles(connection, inputFor(files), target)),
  )
  const facts = await withConnection(files, (connection) => readTables(connection))
  await loadSeedFiles(files, await checkFiles(directory, 'qa', facts))
  const expected = await rowsOf(database, content)
  expect(await rowsOf(threads, content)).toEqual(expected)
  expect(await rowsOf(files, content)).toEqual(expected)
})

test('a rule of the user wins, lines that are given count, and lines that are not made count for nothing', async () => {
  const [ruled, alone] = [await emptyDatabase(), await emptyDatabase()]
  const fixed: Generator = { name: 'rule:7', after: [], make: () => '7.00' }
  const given = [new Map([['invoiceId', '00000000-0000-4000-8000-00000000000a'], ['lineTotal', '3.50']])]
  const rules = new Map([
    ['public.orders', { generators: new Map([['total', fixed]]) }],
    ['public.Invoice', { rows: [new Map([['id', '00000000-0000-4000-8000-00000000000a']])] }],
    ['public.InvoiceLine', { rows: given }],
  ])
  await seedRows(inputFor(ruled, { rules }))
  expect(await rowsOf(ruled, 'SELECT DISTINCT total FROM orders')).toEqual(['7.00'])
  const sum = `(SELECT sum("lineTotal") FROM "InvoiceLine" WHERE "invoiceId" = t.id)`
  expect(
    await rowsOf(ruled, `SELECT subtotal = ${sum} FROM "Invoice" AS t WHERE id = '00000000-0000-4000-8000-00000000000a'`),
  ).toEqual(['t'])
  await seedRows(inputFor(alone, { rows: 0, counts: new Map([['public.orders', { rows: 30 }]]) }))
  expect(await rowsOf(alone, 'SELECT count(*) FROM orders WHERE total > 0')).toEqual(['30'])
})
