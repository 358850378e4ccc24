import type { Expression } from '../expressions/expression.ts'
import { add, multiply, one, parseRational, rational, type Rational, zero } from '../rational.ts'
import { addMonths, day, parseClock, parseInstant, parseInterval, second } from '../samplers/time-text.ts'
import type { CheckContext } from './check-context.ts'

/**
 * A sum of columns and a constant. Times are microseconds. The constant lies between `low` and `high`: a month has 28
 * to 31 days, and the server's clock goes on.
 */
export interface Quantity {
  readonly unit: 'number' | 'instant' | 'clock' | 'duration'
  /** Of numbers: that all parts are integers, whose division cuts off. Of instants: that they are dates. */
  readonly isWhole: boolean
  readonly terms: readonly QuantityTerm[]
  readonly low: Rational
  readonly high: Rational
  /** Of a constant interval, what it adds by the calendar. */
  readonly months?: bigint
}

/** Columns that are multiplied, so many times. */
export interface QuantityTerm {
  readonly coefficient: Rational
  readonly columns: readonly string[]
}

/** The quantity that an expression stands for; undefined where it is none, or more than a sum of products. */
export function quantityOf(expression: Expression, context: CheckContext): Quantity | undefined {
  switch (expression.kind) {
    case 'constant':
      return expression.text === null ? undefined : constantQuantity(expression.text, expression.type)
    case 'clock':
      return clockQuantity(expression.isDate, context)
    case 'column':
      return columnQuantity(expression.name, context)
    case 'cast':
      return castQuantity(expression.to, quantityOf(expression.of, context))
    case 'operator': {
      const right = quantityOf(expression.right, context)
      if (right === undefined) return undefined
      if (expression.left === undefined) return expression.name === '-' ? scale(right, rational(-1n)) : undefined
      const left = quantityOf(expression.left, context)
      return left === undefined ? undefined : arithmetic(expression.name, left, right)
    }
    case 'call':
      return epochOf(expression.name, expression.args, context)
    default:
      return undefined
  }
}

/** a - b, in the unit that such a difference has. */
export function difference(a: Quantity, b: Quantity): Quantity {
  const negative = scale(b, rational(-1n))
  const terms = [...a.terms, ...negative.terms]
  return { ...a, terms: sumTerms(terms), low: add(a.low, negative.low), high: add(a.high, negative.high) }
}

const numberTypes = /^(?:int[248]|numeric|float[48]|money|oid)$/

function constantQuantity(text: string, type: string | undefined): Quantity | undefined {
  const exact = (unit: Quantity['unit'], value: Rational | undefined, isWhole: boolean): Quantity | undefined =>
    value === undefined ? undefined : { unit, isWhole, terms: [], low: value, high: value }
  const time = (value: bigint | undefined): Rational | undefined => (value === undefined ? undefined : rational(value))
  if (type === undefined) return undefined
  if (numberTypes.test(type)) {
    const digits = type === 'money' ? text.replace(/[$€£¥,\s]/gu, '') : text
    return exact('number', parseRational(digits), type.startsWith('int'))
  }
  if (type === 'date') return exact('instant', time(parseInstant(text)), true)
  if (type === 'timestamp' || type === 'timestamptz') return exact('instant', time(parseInstant(text)), false)
  if (type === 'time') return exact('clock', time(parseClock(text)), false)
  if (type !== 'interval') return undefined
  const interval = parseInterval(text)
  if (interval === undefined) return undefined
  const { months, microseconds } = interval
  const [few, many] = [daysOf(months, 365n, 28n), daysOf(months, 366n, 31n)]
  const [low, high] = months < 0n ? [many, few] : [few, many]
  const at = (days: bigint): Rational => rational(days * day + microseconds)
  return { unit: 'duration', isWhole: false, terms: [], low: at(low), high: at(high), ...(months === 0n ? {} : { months }) }
}

function daysOf(months: bigint, year: bigint, month: bigint): bigint {
  return (months / 12n) * year + (months % 12n) * month
}

function clockQuantity(isDate: boolean, { now, serverNow }: CheckContext): Quantity {
  const grain = isDate ? day : second
  const early = (BigInt(Math.floor(Math.min(now, serverNow))) * 1000n) / grain * grain
  // Rows are written for some time after the clock was read.
  const late = (BigInt(Math.floor(Math.max(now, serverNow))) * 1000n) / grain * grain + day
  return { unit: 'instant', isWhole: isDate, terms: [], low: rational(early), high: rational(late) }
}

function columnQuantity(name: string, context: CheckContext): Quantity | undefined {
  const unit = context.line(name)?.unit
  if (unit === undefined || unit === 'label' || unit === 'boolean' || unit === 'uuid') return undefined
  const base = context.columns.get(name)?.baseType ?? ''
  const isWhole = base === 'date' || /^(?:int|oid)/.test(base)
  return { unit, isWhole, terms: [{ coefficient: one, columns: [name] }], low: zero, high: zero }
}

function castQuantity(to: string, of: Quantity | undefined): Quantity | undefined {
  if (of === undefined) return undefined
  if (of.unit === 'number') {
    if (to === 'numeric' || to === 'float8') return { ...of, isWhole: false }
    return /^int[48]$/.test(to) && of.isWhole ? of : undefined
  }
  if (of.unit === 'instant' && (to === 'timestamp' || to === 'timestamptz')) return { ...of, isWhole: false }
  return to === 'interval' && of.unit === 'duration' ? of : undefined
}

function arithmetic(operator: string, left: Quantity, right: Quantity): Quantity | undefined {
  const units = `${left.unit} ${operator} ${right.unit}`
  switch (units) {
    case 'number + number':
    case 'duration + duration':
      return sum(left, right, left.unit, left.isWhole && right.isWhole)
    case 'number - number':
    case 'duration - duration':
      return sum(left, scale(right, rational(-1n)), left.unit, left.isWhole && right.isWhole)
    case 'number * number':
      return product(left, right)
    case 'number / number':
      return left.isWhole && right.isWhole ? undefined : quotient(left, right)
    case 'duration * number':
      return right.terms.length === 0 ? scale(left, right.low) : undefined
    case 'number * duration':
      return left.terms.length === 0 ? scale(right, left.low) : undefined
    case 'instant - instant': {
      const between = { ...difference(left, right), unit: 'duration' as const, isWhole: false }
      // Two dates are some days apart, as an integer.
      return left.isWhole && right.isWhole
        ? { ...scale(between, rational(1n, day)), unit: 'number', isWhole: true }
        : between
    }
    case 'instant + duration':
      return later(left, right)
    case 'duration + instant':
      return later(right, left)
    case 'instant - duration':
      return later(left, scale(right, rational(-1n)))
    case 'clock - clock':
      return { ...difference(left, right), unit: 'duration' }
    case 'instant + number':
      return left.isWhole && right.isWhole ? sum(left, scale(right, rational(day)), 'instant', true) : undefined
    case 'instant - number':
      return left.isWhole && right.isWhole ? sum(left, scale(right, rational(-day)), 'instant', true) : undefined
    default:
      return undefined
  }
}

/** Months are added by the calendar where the moment is known. */
function later(moment: Quantity, span: Quantity): Quantity {
  const { months } = span
  if (months === undefined || moment.terms.length > 0) return sum(moment, span, 'instant', false)
  const rest = subtractMonths(span, months)
  const at = (value: Rational): Rational => add(rational(addMonths(value.n / value.d, months)), rest)
  return { unit: 'instant', isWhole: false, terms: span.terms, low: at(moment.low), high: at(moment.high) }
}

/** The part of a constant interval that is not months. */
function subtractMonths(span: Quantity, months: bigint): Rational {
  const few = months < 0n ? daysOf(months, 366n, 31n) : daysOf(months, 365n, 28n)
  return add(span.low, rational(-few * day))
}

function sum(a: Quantity, b: Quantity, unit: Quantity['unit'], isWhole: boolean): Quantity {
  return { unit, isWhole, terms: sumTerms([...a.terms, ...b.terms]), low: add(a.low, b.low), high: add(a.high, b.high) }
}

function scale(quantity: Quantity, factor: Rational): Quantity {
  const { months, ...rest } = quantity
  const [low, high] = [multiply(quantity.low, factor), multiply(quantity.high, factor)]
  return {
    ...rest,
    terms: quantity.terms.map((term) => ({ ...term, coefficient: multiply(term.coefficient, factor) })),
    ...(factor.n < 0n ? { low: high, high: low } : { low, high }),
    ...(months === undefined || factor.d !== 1n ? {} : { months: months * factor.n }),
  }
}

function product(a: Quantity, b: Quantity): Quantity {
  const parts = (of: Quantity): readonly QuantityTerm[] => [...of.terms, { coefficient: of.low, columns: [] }]
  const all = parts(a).flatMap((one) =>
    parts(b).map((other) => ({
      coefficient: multiply(one.coefficient, other.coefficient),
      columns: [...one.columns, ...other.columns].sort(),
    })),
  )
  const constant = multiply(a.low, b.low)
  const terms = sumTerms(all.filter(({ columns }) => columns.length > 0))
  return { unit: 'number', isWhole: a.isWhole && b.isWhole, terms, low: constant, high: constant }
}

function quotient(a: Quantity, b: Quantity): Quantity | undefined {
  if (b.terms.length > 0 || b.low.n === 0n) return undefined
  return { ...scale(a, rational(b.low.d, b.low.n)), isWhole: false }
}

function sumTerms(terms: readonly QuantityTerm[]): readonly QuantityTerm[] {
  const byColumns = new Map<string, QuantityTerm>()
  for (const term of terms) {
    const key = JSON.stringify(term.columns)
    const before = byColumns.get(key)
    const coefficient = add(before?.coefficient ?? zero, term.coefficient)
    byColumns.set(key, { ...term, coefficient })
  }
  return [...byColumns.values()].filter(({ coefficient }) => coefficient.n !== 0n)
}

/** `EXTRACT(epoch FROM …)`: seconds. */
function epochOf(name: string, args: readonly Expression[], context: CheckContext): Quantity | undefined {
  const [field, of] = args
  if (!/^(?:extract|date_part)$/.test(name) || of === undefined) return undefined
  if (field?.kind !== 'constant' || field.text?.toLowerCase() !== 'epoch') return undefined
  const quantity = quantityOf(of, context)
  if (quantity?.unit !== 'duration' && quantity?.unit !== 'instant') return undefined
  const { months: _, ...seconds } = scale(quantity, rational(1n, second))
  return { ...seconds, unit: 'number', isWhole: false }
}
