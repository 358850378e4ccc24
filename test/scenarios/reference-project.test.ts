import { describe, expect, test } from 'vitest'
import { compareCatalogs } from '../../src/postgres/catalog/compare-catalogs.ts'
import type { Catalog } from '../../src/postgres/catalog/catalog.ts'
import { describeDifference } from '../../src/postgres/catalog/describe-difference.ts'
import { readCatalog } from '../../src/postgres/catalog/read-catalog.ts'
import { type Connection, withConnection } from '../../src/postgres/connect.ts'
import { quoteIdentifier } from '../../src/postgres/quote.ts'
import { liveCatalog } from '../../src/prisma/catalog-source.ts'
import { differenceScript } from '../../src/prisma/engine.ts'
import { prepareSchema } from '../../src/prisma/schema-text.ts'
import { createTestDatabase } from '../support/database.ts'
import { queryRows } from '../support/query-rows.ts'
import {
  referenceHistory,
  type ReferenceMigration,
  referenceRows,
  referenceSchema,
} from '../support/reference-project.ts'
import { middle, rowsInTheMiddle } from '../support/reference-project-rows.ts'

const history = referenceHistory()

describe('the reference project', () => {
  test('has a history whose end is its schema', async () => {
    await withDatabase(async (connection) => {
      await runUp(connection, history)
      const schema = prepareSchema([{ path: 'schema.prisma', text: referenceSchema() }])
      const script = await differenceScript({ kind: 'database', catalog: liveCatalog(connection, 'public') }, schema)
      expect(script).toBe('')
    })
  })

  test('has a rollback for each migration that brings the catalog back to the letter', async () => {
    await withDatabase(async (connection) => {
      const before: Catalog[] = []
      for (const migration of history) {
        before.push(await readCatalog(connection))
        await connection.query(migration.up)
      }
      const end = await readCatalog(connection)
      for (const [index, migration] of [...history.entries()].reverse()) {
        await connection.query(migration.down)
        expect(differences(before[index], await readCatalog(connection)), migration.name).toEqual([])
      }
      await runUp(connection, history)
      expect(differences(end, await readCatalog(connection))).toEqual([])
    })
  })

  test('keeps the rows of the middle through renames, casts, fills and removed values', async () => {
    await withDatabase(async (connection) => {
      await runUp(connection, untilMiddle)
      await connection.query(rowsInTheMiddle)
      await runUp(connection, afterMiddle)
      for (const [query, rows] of Object.entries(rowsAtTheEnd)) {
        expect(await queryRows(connection, query), query).toEqual(rows)
      }
    })
  })

  test('brings the rows of the middle back, but for what the heads of three rollbacks say', async () => {
    await withDatabase(async (connection) => {
      await runUp(connection, untilMiddle)
      await connection.query(rowsInTheMiddle)
      const before = await allRows(connection)
      await runUp(connection, afterMiddle)
      for (const migration of [...afterMiddle].reverse()) await connection.query(migration.down)
      const after = await allRows(connection)
      expect(history.filter(({ down }) => down.includes('tide: incomplete')).map(({ name }) => name)).toEqual([
        '20260602073000_organisation_country_required',
        '20260714150000_drop_organisation_fax',
        '20260811083000_order_status_partially_shipped',
      ])
      expect(after).toEqual(before.map(asTheHeadsSay).sort())
    })
  })

  test.each([
    ['Country', 'SELECT code, name, calling_code, in_eu FROM countries ORDER BY code'],
    ['Currency', 'SELECT code, name, minor_units FROM currencies ORDER BY code'],
    ['Plan', 'SELECT id, code, name, seats, monthly_price::real, currency_code FROM plans ORDER BY plans.monthly_price'],
  ])('inserts the rows of seed/reference/%s.csv', async (model, query) => {
    await withDatabase(async (connection) => {
      await runUp(connection, history)
      expect(await queryRows(connection, query)).toEqual(referenceRows(model))
    })
  })

  test('records each change of an order status by its trigger', async () => {
    await withDatabase(async (connection) => {
      await runUp(connection, untilMiddle)
      await connection.query(rowsInTheMiddle)
      await runUp(connection, afterMiddle)
      await connection.query(`UPDATE orders SET status = 'CANCELLED' WHERE id = 2`)
      const events = `SELECT action, entity_id, changes FROM audit_events`
      expect(await queryRows(connection, events)).toEqual(['order.status|2|{"status": ["PLACED", "CANCELLED"]}'])
      expect(await queryRows(connection, 'SELECT order_id, lines, net FROM order_totals')).toEqual(['1|2|222.53'])
    })
  })

  test.each([
    ['a line of no pieces', `UPDATE order_lines SET quantity = 0`, 'order_lines_quantity_check'],
    ['a negative price', `UPDATE prices SET amount = -1`, 'prices_amount_check'],
    ['a second default address', `UPDATE addresses SET kind = 'SHIPPING', is_default = true`, 'addresses_default_key'],
    [
      'an e-mail address that differs in capitals alone',
      `INSERT INTO users (id, email, full_name) VALUES (gen_random_uuid(), 'ADA@example.org', 'Ada')`,
      'users_email_lower_key',
    ],
  ])('refuses %s', async (_, statement, constraint) => {
    await withDatabase(async (connection) => {
      await runUp(connection, untilMiddle)
      await connection.query(rowsInTheMiddle)
      await runUp(connection, afterMiddle)
      await expect(connection.query(statement)).rejects.toMatchObject({ constraint })
    })
  })
})

const position = history.findIndex((migration) => migration.name === middle) + 1
const untilMiddle = history.slice(0, position)
/** Behind them come migrations whose data steps have to run in between: reference-project-data.test.ts. */
const afterMiddle = history.slice(position, history.findIndex(({ name }) => name === '20261020091500_user_names'))

const rowsAtTheEnd: Readonly<Record<string, readonly string[]>> = {
  'SELECT slug, country_code FROM organisations ORDER BY slug': ['aalto|SE', 'birch|FR', 'nowhere|GB'],
  'SELECT full_name FROM users': ['Ada Birch'],
  'SELECT sku, tags FROM products ORDER BY sku': ['A4-500|{paper,a4}', 'PEN-1|{}'],
  'SELECT product_id, currency_code, amount FROM prices ORDER BY product_id': ['1|EUR|19.95', '2|EUR|0.50'],
  'SELECT number, status, channel FROM orders ORDER BY number': ['2026-000001|SHIPPED|WEB', '2026-000002|PLACED|EDI'],
  'SELECT unit_price FROM order_lines ORDER BY order_id, position': ['19.95', '0.33', '229.99'],
  'SELECT id, tracking_number FROM shipments ORDER BY id': ['1|JD0001', '2|NULL'],
  'SELECT shipment_id, order_id, line_position, quantity FROM shipment_lines ORDER BY 1': ['1|1|1|10', '2|1|2|100'],
}

/** A fax number is gone, an order on hold is placed, and the countries that were filled in stay. */
function asTheHeadsSay(row: string): string {
  return row
    .replace('"fax":"+44 20 7946 0101"', '"fax":null')
    .replace('"status":"ON_HOLD"', '"status":"PLACED"')
    .replace(/"country_code":null(.*"slug":"birch")/, '"country_code":"FR"$1')
    .replace(/"country_code":null(.*"slug":"nowhere")/, '"country_code":"GB"$1')
}

async function withDatabase(use: (connection: Connection) => Promise<void>): Promise<void> {
  await withConnection(await createTestDatabase('reference'), use)
}

/** Each file as one message of the simple query protocol, as `prisma migrate deploy` sent it for years. */
async function runUp(connection: Connection, migrations: readonly ReferenceMigration[]): Promise<void> {
  for (const migration of migrations) await connection.query(migration.up)
}

function differences(before: Catalog | undefined, after: Catalog): readonly string[] {
  return compareCatalogs(before ?? { objects: [] }, after).map(describeDifference)
}

/** Every row of every table, each as JSON with its keys in one order: a column that was made again stands last. */
async function allRows(connection: Connection): Promise<readonly string[]> {
  const tables = await queryRows(
    connection,
    `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname`,
  )
  const rows: string[] = []
  for (const table of tables) {
    const name = quoteIdentifier(table)
    const texts = await queryRows(connection, `SELECT to_jsonb(t) FROM ${name} AS t`)
    rows.push(...texts.map((text) => `${table} ${withSortedKeys(text)}`))
  }
  return rows.sort()
}

function withSortedKeys(text: string): string {
  const row = JSON.parse(text) as Readonly<Record<string, unknown>>
  return JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
}
