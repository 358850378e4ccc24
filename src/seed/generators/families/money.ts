import { countries } from '../../locale/places.ts'
import { logNormal, normal } from '../../random/distribution.ts'
import { numberRange, numberText, scaleOf } from '../format/number.ts'
import type { Generator, GeneratorInput, RowView } from '../generator.ts'
import { columnsMeaning, namesMeaning } from '../meanings.ts'
import { listed } from '../count-phrases.ts'
import { type GeneratorFamily, type GeneratorMaker, phraseGenerator, valueGenerator } from '../make.ts'

/** Amounts of a log-normal: most near the median, a few large. Kept far below what the column holds. */
function amounts(name: string, median: number, sigma: number, nulls = 0.1): GeneratorMaker {
  return (input) => {
    const { write, middle, unit, max } = scaled(input, median)
    const draw = (fraction: number): number => Math.min(max, logNormal(fraction, middle, sigma))
    return valueGenerator(input, name, (_, random) => write(draw(random.fraction())), {
      nulls,
      ...counted(input, unit, write),
    })
  }
}

/** Prices end in 9, 0 or 5 cents, as prices do. */
const price: GeneratorMaker = (input) => {
  const { write, middle, unit, max } = scaled(input, 40)
  const digits = scaleOf(input.column, 2)
  return valueGenerator(
    input,
    'price',
    (_, random) => {
      const drawn = Math.min(max, logNormal(random.fraction(), middle, 1))
      if (digits < 2 || drawn < 2) return write(drawn)
      const ending = random.fraction()
      const cents = ending < 0.5 ? 0.99 : ending < 0.7 ? 0.5 : ending < 0.9 ? 0 : 0.95
      return write(Math.min(max, Math.floor(drawn) + cents))
    },
    { nulls: 0.1, ...counted(input, unit, write) },
  )
}

/** Cents: whole numbers of a price. */
const priceMinor: GeneratorMaker = (input) => {
  const { max } = numberRange(input.column)
  const write = numberText(input.column, 0)
  const middle = Math.min(40, max / 400)
  return valueGenerator(
    input,
    'priceMinor',
    (_, random) => write(Math.min(max, Math.floor(logNormal(random.fraction(), middle, 1)) * 100 + 99)),
    { nulls: 0.1, capacity: Math.min(max, 1e12), at: (index) => String(index + 1) },
  )
}

function scaled(input: GeneratorInput, median: number): Scaled {
  const { max } = numberRange(input.column)
  const digits = scaleOf(input.column, 2)
  // Whole numbers of money are cents, unless there is no room for them.
  const isCents = digits === 0 && max > 1e6
  const middle = Math.min(isCents ? median * 100 : median, max / 50)
  return { write: numberText(input.column, 2), middle, unit: 10 ** digits, max }
}

interface Scaled {
  readonly write: (value: number) => string
  readonly middle: number
  readonly unit: number
  readonly max: number
}

function counted(input: GeneratorInput, unit: number, write: (value: number) => string): Pick<Generator, 'capacity'> & { at: (index: number) => string } {
  const { max } = numberRange(input.column)
  return { capacity: Math.max(1, Math.min(Math.floor(max * unit), 1e12)), at: (index) => write((index + 1) / unit) }
}

/** What the row's own quantity and unit price come to; without them an amount. */
const subtotal: GeneratorMaker = (input) => product(input, 'subtotal') ?? amounts('subtotal', 120, 1)(input)

/** A fifth of what is taxed. */
const tax: GeneratorMaker = (input) => {
  const bases = namesMeaning(input, 'subtotal')
  const base = bases[0]
  if (base === undefined) return amounts('tax', 10, 1)(input)
  const write = numberText(input.column, 2)
  return valueGenerator(input, 'tax', (row) => write(numberOf(row, base) * 0.2), { after: [base] })
}

/** Subtotal and tax together, else quantity times price, else an amount. */
const total: GeneratorMaker = (input) => {
  const parts = [...namesMeaning(input, 'subtotal').slice(0, 1), ...namesMeaning(input, 'tax').slice(0, 1)]
  if (!parts.some((part) => namesMeaning(input, 'subtotal').includes(part))) {
    return product(input, 'total') ?? amounts('total', 120, 1)(input)
  }
  const write = numberText(input.column, 2)
  return valueGenerator(input, 'total', (row) => write(parts.reduce((sum, part) => sum + numberOf(row, part), 0)), { after: parts })
}

/** Quantity times unit price, less the discount, where the row has them. */
function product(input: GeneratorInput, name: string): Generator | undefined {
  const quantity = columnsMeaning(input, 'count').find((column) => /quantity|qty|count|units?$/iu.test(column.name))?.name
  const each = columnsMeaning(input, 'price').find((column) => /price|cost|rate/iu.test(column.name))?.name
  if (quantity === undefined || each === undefined) return undefined
  const discount = columnsMeaning(input, 'percent').find((column) => /discount/iu.test(column.name))?.name
  const write = numberText(input.column, 2)
  return valueGenerator(
    input,
    name,
    (row) => {
      const share = discount === undefined ? 1 : 1 - numberOf(row, discount) / 100
      return write(numberOf(row, quantity) * numberOf(row, each) * share)
    },
    { after: [quantity, each, ...(discount === undefined ? [] : [discount])] },
  )
}

function numberOf(row: RowView, column: string): number {
  const number = Number(row.cell(column) ?? 0)
  return Number.isFinite(number) ? number : 0
}

const creditScore: GeneratorMaker = (input) => {
  const write = numberText(input.column, 0)
  return valueGenerator(input, 'creditScore', (_, random) => write(Math.min(850, Math.max(300, 690 + 80 * normal(random.fraction())))), { nulls: 0.2 })
}

const codesOfCurrencies = listed([...countries.values()].map(({ currency: code }) => code))

/** The code that ISO 4217 reserves for tests: of a country whose own currency is not known here. */
const testCurrency = 'XTS'

/** Of the row's country; where it must be distinct, those that exist and then any three letters. */
const currency: GeneratorMaker = (input) =>
  valueGenerator(input, 'currency', (row) => countries.get(row.address.countryCode)?.currency ?? testCurrency, {
    after: namesMeaning(input, 'countryCode'),
    capacity: 17_576,
    first: codesOfCurrencies.size,
    at: (index) => {
      const others = index - codesOfCurrencies.size
      return others < 0 ? codesOfCurrencies.at(index) : otherCode(others)
    },
  })

function otherCode(index: number): string {
  const code = String.fromCharCode(65 + Math.floor(index / 676), 65 + (Math.floor(index / 26) % 26), 65 + (index % 26))
  // Each code stands in its own place, so those that were given already are told apart by their case.
  return known.has(code) ? code.toLowerCase() : code
}

const known = new Set([...countries.values()].map(({ currency: code }) => code))

const currencyName: GeneratorMaker = (input) =>
  phraseGenerator(input, 'currencyName', listed('Dollar,Euro,Pound,Franc,Krona,Peso,Real,Yen,Rupee,Lira,Zloty,Forint,Koruna,Leu,Rand,Won,Yuan'.split(',')))

const minorUnits: GeneratorMaker = (input) =>
  valueGenerator(input, 'minorUnits', (_, random) => (random.fraction() < 0.85 ? '2' : random.fraction() < 0.7 ? '0' : '3'))

/** Money. */
export const moneyGenerators: GeneratorFamily = {
  price, priceMinor, subtotal, tax, total, creditScore, currency, currencyName, minorUnits,
  salary: amounts('salary', 42_000, 0.4),
  balance: amounts('balance', 250, 1.2),
}
