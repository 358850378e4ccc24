import { expect, test } from 'vitest'
import { momentOfCell } from '../../../src/seed/generators/format/moment.ts'
import { countries } from '../../../src/seed/locale/places.ts'
import { routablePart } from '../../../src/seed/unreachable/is-routable.ts'
import { column, generatedTable, now } from '../../support/generated-rows.ts'

const size = 10_000
const optional = { notNull: false }
const states = ['DRAFT', 'PLACED', 'PAID', 'PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLED']

test.each(['en', 'de', 'fr', 'es', 'ja', 'ru', 'zh_CN'])('the person of a row agrees with itself, and no two rows have one email: %s', async (locale) => {
  const columns = ['first_name', 'last_name', 'full_name', 'email', 'username'].map((name) => column(name, 'text'))
  const { row } = await generatedTable('User', columns, { locale })
  const rows = Array.from({ length: size }, (_, index) => row(index))
  expect(new Set(rows.map(({ email }) => email)).size).toBe(size)
  expect(new Set(rows.map(({ username }) => username)).size).toBe(size)
  for (const { first_name: first = '', last_name: last = '', full_name: full, email, username } of rows) {
    expect(full === `${first ?? ''} ${last ?? ''}` || full === `${last ?? ''} ${first ?? ''}`).toBe(true)
    expect(email).toMatch(/^[a-z]+\.[a-z]+\d+@example\.com$/u)
    expect(email?.split('@')[0]).toBe(username)
    expect(routablePart(email ?? '')).toBeUndefined()
  }
})

test('an address is one place', async () => {
  const columns = ['street', 'city', 'postal_code', 'country_code', 'country', 'time_zone', 'phone'].map((name) => column(name, 'text'))
  const { row } = await generatedTable('Customer', [...columns, column('latitude', 'numeric', { precision: 8, scale: 5 })], { locale: 'de' })
  for (let index = 0; index < size; index++) {
    const cells = row(index)
    const country = countries.get(cells['country_code'] ?? '')
    const place = country?.places.find(({ city }) => city === cells['city'])
    expect(country).toMatchObject({ name: cells['country'], timeZone: cells['time_zone'] })
    const pattern = (place?.postalCode ?? '').replaceAll('#', '\\d').replaceAll('@', '[A-Z]')
    expect(cells['postal_code']).toMatch(new RegExp(`^${pattern}$`, 'u'))
    expect(Math.abs(Number(cells['latitude']) - (place?.latitude ?? 0))).toBeLessThan(0.1)
    expect(cells['phone']).toMatch(/^\+\d{9,14}$/u)
    expect(routablePart(cells['phone'] ?? '')).toBeUndefined()
  }
})

test('times are in the order of what they say, and none is to come', async () => {
  const stamp = (name: string, over = {}): ReturnType<typeof column> => column(name, 'timestamptz', { fractionDigits: 3, ...over })
  const { row } = await generatedTable('Order', [
    stamp('updated_at', { fractionDigits: 0 }), stamp('deleted_at', optional), stamp('shipped_at', optional), stamp('delivered_at', optional),
    stamp('paid_at', optional), stamp('created_at'), stamp('cancelled_at', optional),
    column('status', 'order_status', { kind: 'enum', enumLabels: states }),
    stamp('starts_at'), stamp('ends_at'),
  ])
  const seen = new Map<string, number>()
  for (let index = 0; index < size; index++) {
    const cells = row(index)
    const at = (name: string): number | undefined => momentOfCell(cells[name] ?? null)
    const order = ['created_at', 'paid_at', 'shipped_at', 'delivered_at', 'updated_at', 'deleted_at'].map(at).filter((moment) => moment !== undefined)
    expect(order, JSON.stringify(cells)).toEqual([...order].sort((left, right) => left - right))
    expect(Math.max(...order)).toBeLessThanOrEqual(now)
    expect(at('ends_at')).toBeGreaterThan(at('starts_at') ?? Infinity)
    const status = cells['status'] ?? ''
    seen.set(status, (seen.get(status) ?? 0) + 1)
    expect([status, at('paid_at') !== undefined]).toEqual([status, ['PAID', 'PARTIALLY_SHIPPED', 'SHIPPED'].includes(status)])
    expect([status, at('shipped_at') !== undefined]).toEqual([status, ['PARTIALLY_SHIPPED', 'SHIPPED'].includes(status)])
    expect([status, at('cancelled_at') !== undefined]).toEqual([status, status === 'CANCELLED'])
  }
  expect(states.every((state) => (seen.get(state) ?? 0) > 100)).toBe(true)
})

test('totals are what their parts come to', async () => {
  const money = (name: string): ReturnType<typeof column> => column(name, 'numeric', { precision: 12, scale: 2 })
  const invoice = await generatedTable('Invoice', [money('total'), money('tax'), money('subtotal')])
  const line = await generatedTable('OrderLine', [money('line_total'), column('quantity', 'int4'), money('unit_price')])
  for (let index = 0; index < size; index++) {
    const { total, tax, subtotal } = invoice.row(index)
    expect(Number(total)).toBeCloseTo(Number(tax) + Number(subtotal), 2)
    const { line_total: sum, quantity, unit_price: price } = line.row(index)
    expect(Number(sum)).toBeCloseTo(Number(quantity) * Number(price), 1)
    expect(Number(quantity)).toBeGreaterThan(0)
  }
})

test('what is gone says so in all of its columns', async () => {
  const { row } = await generatedTable('Post', [column('is_deleted', 'bool'), column('deleted_at', 'timestamptz', optional)])
  const rows = Array.from({ length: size }, (_, index) => row(index))
  expect(rows.every((cells) => (cells['is_deleted'] === 't') === (cells['deleted_at'] !== null))).toBe(true)
  expect(rows.filter((cells) => cells['is_deleted'] === 't').length).toBeGreaterThan(100)
})

test('a column more, a row more, another order: no cell changes', async () => {
  const few = await generatedTable('User', [column('email', 'text'), column('phone', 'text')])
  const many = await generatedTable('User', ['bio', 'phone', 'age', 'email'].map((name) => column(name, name === 'age' ? 'int4' : 'text')))
  for (const index of [999, 0, 5, 70_000]) {
    const { email, phone } = many.row(index)
    expect(few.row(index)).toEqual({ email, phone })
  }
})
