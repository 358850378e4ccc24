import { cpSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { revealUrl } from '../../src/postgres/database-url.ts'
import { createTestDatabase } from '../support/database.ts'
import { rowsOf } from '../support/database-rows.ts'
import { createFolder } from '../support/files.ts'
import { referenceProject } from '../support/reference-project.ts'
import { runTide } from '../support/run-tide.ts'

/** The last migration before those with data steps. */
const before = '20261013090000_shipment_freight'

const rows = `
INSERT INTO users (id, email, full_name) SELECT md5('user' || n)::uuid, n || '@example.org', names[1 + n % 6]
  FROM generate_series(1, 3000) n, (SELECT ARRAY['Ada King Lovelace', 'Plato', ' Led By Blanks', 'Two  Blanks', 'Trailing ', '']) a (names);
INSERT INTO organisations (id, name, slug, country_code, plan_code, updated_at)
  SELECT md5('organisation' || n)::uuid, 'Shop', 'shop-' || n, 'DE', (ARRAY['free', 'team', 'business'])[1 + n % 3], now()
  FROM generate_series(1, 30) n;
INSERT INTO orders (number, organisation_id, channel, currency_code, updated_at)
  SELECT '1', id, 'WEB', 'EUR', now() FROM organisations LIMIT 1;
INSERT INTO shipments (order_id, carrier, tracking_number, freight) SELECT o.id, 'DHL', n::text, costs[1 + n % 6]
  FROM orders o, generate_series(1, 600) n, (SELECT ARRAY[0.1::float8 + 0.2::float8, 19.99, NULL, 1e-3, 1234567.895, -5]) a (costs)`

/** While old and new stand side by side, and afterwards, the application goes on writing. */
const written = `
UPDATE users SET first_name = 'Ada', last_name = 'Byron' WHERE email = '6@example.org';
INSERT INTO users (id, email, first_name) VALUES (md5('new')::uuid, 'new@example.org', 'Sokrates');
UPDATE shipments SET freight_amount = 12.34 WHERE tracking_number = '1';
INSERT INTO organisations (id, name, slug, country_code, plan_id, updated_at) VALUES (md5('new')::uuid, 'New', 'new', 'DE', 3, now());
UPDATE organisations SET plan_id = 1 WHERE slug = 'shop-1'`

const old = {
  users: 'SELECT id, full_name FROM users ORDER BY id',
  shipments: 'SELECT id, freight, float8send(freight) FROM shipments ORDER BY id',
  organisations: 'SELECT id, plan_code FROM organisations ORDER BY id',
}

test('names are split, money becomes exact and plans get another key, there and back', { timeout: 120_000 }, async () => {
  const database = await createTestDatabase('data')
  const folder = createFolder({ 'tide.config.ts': "export default { environments: { dev: { urlVariable: 'DATABASE_URL' } } }\n" })
  cpSync(`${referenceProject}prisma`, `${folder}/prisma`, { recursive: true })
  const tide = (...words: string[]) => runTide(words, { cwd: folder, env: { DATABASE_URL: revealUrl(database) } })
  const read = (query: string) => rowsOf(database, query)
  const write = (sql: string) => withConnection(database, (connection) => connection.query(sql))
  const all = () => Promise.all(Object.values(old).map(read))

  expect(await tide('up', '--to', before)).toMatchObject({ exitCode: 0 })
  await write(rows)
  const first = await all()
  expect(first.map(({ length }) => length)).toEqual([3000, 600, 30])

  expect(await tide('up', '--batch-time', '20')).toMatchObject({ exitCode: 0 })
  expect(await read('SELECT first_name, last_name, count(*) FROM users GROUP BY 1, 2 ORDER BY first_name COLLATE "C", last_name COLLATE "C"')).toEqual([
    '|Led By Blanks|500',
    '|NULL|500',
    'Ada|King Lovelace|500',
    'Plato|NULL|500',
    'Trailing||500',
    'Two| Blanks|500',
  ])
  expect(await read('SELECT freight_amount, count(*) FROM shipments GROUP BY 1 ORDER BY 1')).toEqual([
    '-5.00|100',
    '0.00|100',
    '0.30|100',
    '19.99|100',
    '1234567.90|100',
    'NULL|100',
  ])
  expect(await read('SELECT p.code, count(*) FROM organisations o JOIN plans p ON p.id = o.plan_id GROUP BY 1 ORDER BY 1')).toEqual([
    'business|10',
    'free|10',
    'team|10',
  ])
  const end = await Promise.all(ends.map(read))
  expect(await tide('down', '--to', before)).toMatchObject({ exitCode: 0 })
  expect(await all()).toEqual(first)

  expect(await tide('up')).toMatchObject({ exitCode: 0 })
  expect(await Promise.all(ends.map(read))).toEqual(end)
  await write(written)
  expect(await tide('down', '--to', before)).toMatchObject({ exitCode: 0 })
  expect(await read(`SELECT full_name FROM users WHERE email IN ('6@example.org', 'new@example.org') ORDER BY 1`)).toEqual([
    'Ada Byron',
    'Sokrates',
  ])
  expect(await read(`SELECT freight FROM shipments WHERE tracking_number = '1'`)).toEqual(['12.34'])
  expect(await read(`SELECT slug, plan_code FROM organisations WHERE slug IN ('new', 'shop-1') ORDER BY 1`)).toEqual([
    'new|business',
    'shop-1|free',
  ])
  const [users, shipments, organisations] = await all()
  expect(changed(first[0], users)).toBe(2)
  expect(changed(first[1], shipments)).toBe(1)
  expect(changed(first[2], organisations)).toBe(2)
})

const ends = [
  'SELECT id, first_name, last_name FROM users ORDER BY id',
  'SELECT id, freight_amount FROM shipments ORDER BY id',
  'SELECT id, plan_id FROM organisations ORDER BY id',
]

function changed(one: readonly string[] = [], other: readonly string[] = []): number {
  return other.filter((row) => !one.includes(row)).length
}
