import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellRandom, columnRandoms } from '../../../src/seed/random/cell-random.ts'
import { chiSquare } from '../../support/chi-square.ts'

const address = { seed: 'seed', model: 'User', field: 'email', row: 7, attempt: 0 }

test('an address gives the bytes that it always gave', () => {
  const first = (over: Partial<typeof address>): number => cellRandom({ ...address, ...over }).fraction()
  expect([
    first({}),
    first({ row: 8 }),
    first({ row: 2 ** 40 }),
    first({ attempt: 1 }),
    first({ field: 'name' }),
    first({ model: 'Account' }),
    first({ seed: 'other' }),
  ]).toMatchInlineSnapshot(`
    [
      0.5536661599957549,
      0.8142644823005949,
      0.7376706714490057,
      0.46247187446493987,
      0.6492107888689567,
      0.7828671902964995,
      0.5250351543406956,
    ]
  `)
  const random = cellRandom(address)
  expect([random.below(6), random.below(2 ** 50), random.belowBig(10n ** 30n), random.pick(['a', 'b', 'c'])]).toMatchInlineSnapshot(`
    [
      3,
      586501199486386,
      887461753087164295712241658177n,
      "b",
    ]
  `)
})

test('a cell depends on its address alone, not on what was asked before', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 2 ** 31 }), { minLength: 1 }), fc.nat({ max: 5 }), (rows, attempt) => {
      const column = columnRandoms(address)
      for (const row of rows) {
        expect(column(row, attempt).fraction()).toBe(cellRandom({ ...address, row, attempt }).fraction())
      }
    }),
  )
})

test.each([
  ['fractions', (row: number, at: ReturnType<typeof columnRandoms>) => Math.floor(at(row).fraction() * 100)],
  ['small limits', (row: number, at: ReturnType<typeof columnRandoms>) => at(row).below(100)],
  ['large limits', (row: number, at: ReturnType<typeof columnRandoms>) => Math.floor(at(row).below(3 * 2 ** 51) / (3 * 2 ** 51) * 100)],
  ['huge limits', (row: number, at: ReturnType<typeof columnRandoms>) => Number(at(row).belowBig(100n * 2n ** 70n) / 2n ** 70n)],
  ['picks', (row: number, at: ReturnType<typeof columnRandoms>) => at(row).pick([...Array(100).keys()])],
  ['second draws', (row: number, at: ReturnType<typeof columnRandoms>) => { const random = at(row); random.fraction(); return Math.floor(random.fraction() * 100) }],
  ['attempts', (row: number, at: ReturnType<typeof columnRandoms>) => Math.floor(at(3, row).fraction() * 100)],
  ['rows far apart', (row: number, at: ReturnType<typeof columnRandoms>) => Math.floor(at(row * 2 ** 33).fraction() * 100)],
])('%s are uniform', (_, draw) => {
  const column = columnRandoms(address)
  // 99 degrees of freedom: above 160 one time in ten thousand.
  expect(chiSquare(100, 50_000, (row) => draw(row, column))).toBeLessThan(160)
})

test('fields of a row have nothing to do with each other, nor have neighbouring rows', () => {
  const email = columnRandoms(address)
  const name = columnRandoms({ ...address, field: 'name' })
  expect(Math.abs(correlation(20_000, (row) => [email(row).fraction(), name(row).fraction()]))).toBeLessThan(0.03)
  expect(Math.abs(correlation(20_000, (row) => [email(row).fraction(), email(row + 1).fraction()]))).toBeLessThan(0.03)
  expect(Math.abs(correlation(20_000, (row) => [email(row).fraction(), email(row, 1).fraction()]))).toBeLessThan(0.03)
})

test('a million cells have a million first draws', () => {
  const column = columnRandoms(address)
  expect(new Set(Array.from({ length: 1_000_000 }, (_, row) => column(row).fraction())).size).toBe(1_000_000)
})

function correlation(size: number, pair: (row: number) => [number, number]): number {
  let sum = 0
  for (let row = 0; row < size; row++) {
    const [left, right] = pair(row)
    sum += (left - 0.5) * (right - 0.5)
  }
  return (sum / size) * 12
}
