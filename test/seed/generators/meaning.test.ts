import { expect, test } from 'vitest'
import type { Cell } from '../../../src/seed/cell.ts'
import { momentOfCell } from '../../../src/seed/generators/format/moment.ts'
import { countries } from '../../../src/seed/locale/places.ts'
import { routablePart } from '../../../src/seed/unreachable/is-routable.ts'
import { column, generatedTable, now } from '../../support/generated-rows.ts'

const size = 10_000
type Cells = Readonly<Record<string, Cell>>

/** To be looked through with one assertion: an assertion takes longer than a row. */
const rowsOf = (row: (index: number) => Cells): readonly Cells[] =>
  Array.from({ length: size }, (_, index) => row(index))

const optional = { notNull: false }
const states = ['DRAFT', 'PLACED', 'PAID', 'PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLED']

test.each(['en', 'de', 'fr', 'es', 'ja', 'ru', 'zh_CN'])('the person of a row agrees with itself, and no two rows have one email: %s', async (locale) => {
  const columns = ['first_name', 'last_name', 'full_name', 'email', 'username'].map((name) => column(name, 'text'))
  const { row } = await generatedTable('User', columns, { locale })
  const rows = rowsOf(row)
  expect(new Set(rows.map(({ email }) => email)).size).toBe(size)
  expect(new Set(rows.map(({ username }) => username)).size).toBe(size)
  const wrong = rows.filter(({ first_name: first = '', last_name: last = '', full_name: full, email, username }) => {
    const isWhole = full === `${first ?? ''} ${last ?? ''}` || full === `${last ?? ''} ${first ?? ''}`
    const isPlain = /^[a-z]+\.[a-z]+\d+@example\.com$/u.test(email ?? '') && email?.split('@')[0] === username
    return !isWhole || !isPlain || routablePart(email ?? '') !== undefined
  })
  expect(wrong).toEqual([])
})

test('an address is one place', async () => {
  const columns = ['street', 'city', 'postal_code', 'country_code', 'country', 'time_zone', 'phone'].map((name) => column(name, 'text'))
  const { row } = await generatedTable('Customer', [...columns, column('latitude', 'numeric', { precision: 8, scale: 5 })], { locale: 'de' })
  const wrong = rowsOf(row).filter((cells) => {
    const country = countries.get(cells['country_code'] ?? '')
    const place = country?.places.find(({ city }) => city === cells['city'])
    const pattern = (place?.postalCode ?? '').replaceAll('#', '\\d').replaceAll('@', '[A-Z]')
    const isThere = country !== undefined && country.name === cells['country'] && country.timeZone === cells['time_zone']
    const isNear = Math.abs(Number(cells['latitude']) - (place?.latitude ?? 0)) < 0.1
    const isWritten = new RegExp(`^${pattern}$`, 'u').test(cells['postal_code'] ?? '')
    const isNobodys = /^\+\d{9,14}$/u.test(cells['phone'] ?? '') && routablePart(cells['phone'] ?? '') === undefined
    return !isThere || !isNear || !isWritten || !isNobodys
  })
  expect(wrong).toEqual([])
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
  const wrong = rowsOf(row).filter((cells) => {
    const at = (name: string): number | undefined => momentOfCell(cells[name] ?? null)
    const order = ['created_at', 'paid_at', 'shipped_at', 'delivered_at', 'updated_at', 'deleted_at'].map(at).filter((moment) => moment !== undefined)
    const isPast = Math.max(...order) <= now
    const isInOrder = isPast && order.every((moment, place) => moment >= (order[place - 1] ?? moment))
    const status = cells['status'] ?? ''
    seen.set(status, (seen.get(status) ?? 0) + 1)
    const isTrue = (at('paid_at') !== undefined) === ['PAID', 'PARTIALLY_SHIPPED', 'SHIPPED'].includes(status)
      && (at('shipped_at') !== undefined) === ['PARTIALLY_SHIPPED', 'SHIPPED'].includes(status)
      && (at('cancelled_at') !== undefined) === (status === 'CANCELLED')
    return !isInOrder || !isTrue || !((at('ends_at') ?? -Infinity) > (at('starts_at') ?? Infinity))
  })
  expect(wrong).toEqual([])
  expect(states.every((state) => (seen.get(state) ?? 0) > 100)).toBe(true)
})

test('totals are what their parts come to', async () => {
  const money = (name: string): ReturnType<typeof column> => column(name, 'numeric', { precision: 12, scale: 2 })
  const invoice = await generatedTable('Invoice', [money('total'), money('tax'), money('subtotal')])
  const line = await generatedTable('OrderLine', [money('line_total'), column('quantity', 'int4'), money('unit_price')])
  const isFar = (a: unknown, b: number, by: number): boolean => !(Math.abs(Number(a) - b) < by)
  const isOff = ({ total, tax, subtotal }: Cells): boolean => isFar(total, Number(tax) + Number(subtotal), 0.005)
  expect(rowsOf(invoice.row).filter(isOff)).toEqual([])
  const isOdd = ({ line_total: sum, quantity, unit_price: price }: Cells): boolean =>
    isFar(sum, Number(quantity) * Number(price), 0.05) || !(Number(quantity) > 0)
  expect(rowsOf(line.row).filter(isOdd)).toEqual([])
})

test('what is gone says so in all of its columns', async () => {
  const { row } = await generatedTable('Post', [column('is_deleted', 'bool'), column('deleted_at', 'timestamptz', optional)])
  const rows = rowsOf(row)
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
