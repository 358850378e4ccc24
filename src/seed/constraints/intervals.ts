import type { ColumnComparison, Domain } from './domain.ts'
import { add, compare, divide, multiply, one, parseRational, type Rational, rational, zero } from './rational.ts'
import { boundOf } from './samplers/line-sampler.ts'
import type { Line } from './samplers/line.ts'

/** All values between two, both included. */
export interface Interval {
  readonly low: Rational
  readonly high: Rational
}

/** A comparison with its coefficients read. */
export interface NumberComparison {
  readonly terms: readonly { readonly coefficient: Rational; readonly columns: readonly string[] }[]
  readonly operator: ColumnComparison['operator']
  readonly columns: readonly string[]
}

/** Reads the coefficients of a comparison. */
export function numberComparison({ terms, operator }: ColumnComparison): NumberComparison {
  return {
    terms: terms.map(({ coefficient, columns }) => ({ coefficient: parseRational(coefficient) ?? zero, columns })),
    operator,
    columns: [...new Set(terms.flatMap(({ columns }) => columns))],
  }
}

/** The values of a column's domain, between its least and its greatest. */
export function intervalOf(line: Line, domain: Domain): Interval {
  const grain = line.grains.at(-1) ?? one
  let { lowest: low, highest: high } = line
  const inward = (bound: Domain['min'], step: Rational): Rational | undefined => {
    const place = bound === undefined ? undefined : boundOf(line, bound)
    return place === undefined || bound?.inclusive === true ? place : add(place, step)
  }
  const [min, max] = [inward(domain.min, grain), inward(domain.max, multiply(grain, rational(-1n)))]
  if (min !== undefined && compare(min, low) > 0) low = min
  if (max !== undefined && compare(max, high) < 0) high = max
  const places = domain.values?.map((text) => line.parse(text)).filter((place) => place !== undefined) ?? []
  const sorted = places.sort(compare)
  return { low: sorted[0] ?? low, high: sorted.at(-1) ?? high }
}

/** What a comparison leaves of a column's line. */
export interface Narrowed {
  readonly low?: Rational
  readonly high?: Rational
  readonly excluded?: Rational
  /** True where the bounds themselves are not among the values. */
  readonly isStrict: boolean
}

/**
 * What a comparison leaves to a column so that the others, within their intervals, can still satisfy it. Undefined
 * where it says nothing: a NULL among the others, or a factor that is not known yet.
 */
export function narrowInterval(
  { terms, operator }: NumberComparison,
  column: string,
  intervalAt: (column: string) => Interval | 'null' | undefined,
): Narrowed | undefined {
  let [factor, rest] = [exactly(zero), exactly(zero)]
  for (const term of terms) {
    let value = exactly(term.coefficient)
    for (const other of term.columns) {
      if (other === column) continue
      const interval = intervalAt(other)
      if (interval === undefined || interval === 'null') return undefined
      value = times(value, interval)
    }
    if (term.columns.includes(column)) factor = plus(factor, value)
    else rest = plus(rest, value)
  }
  const sign = factor.low.n < 0n ? -1 : 1
  if (compare(factor.low, factor.high) !== 0 || factor.low.n === 0n) return undefined
  // factor * x + rest stands in relation to 0, with the rest as small, or as large, as it can be.
  const at = (value: Rational): Rational => divide(multiply(value, rational(-1n)), factor.low)
  const isKnown = compare(rest.low, rest.high) === 0
  switch (operator) {
    case '<':
    case '<=': {
      const limit = at(rest.low)
      return { ...(sign > 0 ? { high: limit } : { low: limit }), isStrict: operator === '<' }
    }
    case '=': {
      const [a, b] = [at(rest.low), at(rest.high)]
      return { ...(sign > 0 ? { low: b, high: a } : { low: a, high: b }), isStrict: false }
    }
    case '<>':
      return isKnown ? { excluded: at(rest.low), isStrict: false } : undefined
  }
}

function exactly(value: Rational): Interval {
  return { low: value, high: value }
}

function plus(a: Interval, b: Interval): Interval {
  return { low: add(a.low, b.low), high: add(a.high, b.high) }
}

function times(a: Interval, b: Interval): Interval {
  const products = [multiply(a.low, b.low), multiply(a.low, b.high), multiply(a.high, b.low), multiply(a.high, b.high)]
  const sorted = products.sort(compare)
  return { low: sorted[0] ?? zero, high: sorted.at(-1) ?? zero }
}

/** True for two comparisons of which one denies the other: their sum has no columns left and does not hold. */
export function areOpposed(a: NumberComparison, b: NumberComparison): boolean {
  if (a.operator === '<>' || b.operator === '<>') return false
  const sums = new Map<string, Rational>()
  for (const { coefficient, columns } of [...a.terms, ...b.terms]) {
    const key = JSON.stringify(columns)
    sums.set(key, add(sums.get(key) ?? zero, coefficient))
  }
  const constant = sums.get('[]') ?? zero
  if ([...sums].some(([key, sum]) => key !== '[]' && sum.n !== 0n)) return false
  const isStrict = a.operator === '<' || b.operator === '<'
  if (a.operator === '=' && b.operator === '=') return constant.n !== 0n
  return constant.n > 0n || (isStrict && constant.n === 0n)
}
