import type { ColumnComparison } from '../domain.ts'
import { compare, divide, multiply, type Rational, rational, rationalText } from '../rational.ts'
import type { Line } from '../samplers/line.ts'
import { formatClock, formatInstant } from '../samplers/time-text.ts'
import type { CheckContext } from './check-context.ts'
import { always, either, never, type Outcome, unknownBecause, valueIn } from './outcome.ts'
import { difference, type Quantity } from './quantity.ts'

/** A comparison in SQL. */
export type Comparison = '<' | '<=' | '=' | '<>' | '>=' | '>'

/** What must be so that one quantity stands in relation to another. */
export function compareQuantities(
  left: Quantity,
  operator: Comparison,
  right: Quantity,
  nullable: boolean,
  context: CheckContext,
): Outcome {
  if (left.unit !== right.unit) return unknownBecause(`a ${left.unit} is compared with a ${right.unit}`)
  if (operator === '>' || operator === '>=') {
    return compareQuantities(right, operator === '>' ? '<' : '<=', left, nullable, context)
  }
  const { terms, low, high } = difference(left, right)
  if (operator !== '<' && operator !== '<=' && compare(low, high) !== 0) {
    return unknownBecause('equality with a clock or with months of different length')
  }
  if (terms.length === 0) return isTrue(high, operator) ? always : never
  const columns = [...new Set(terms.flatMap((term) => term.columns))]
  const [first] = terms
  if (terms.length === 1 && first?.columns.length === 1) {
    return bounded(columns[0] ?? '', first.coefficient, high, operator, nullable, context)
  }
  if (terms.some((term) => new Set(term.columns).size < term.columns.length)) {
    return unknownBecause('a column is multiplied by itself')
  }
  const isUnit = ({ n, d }: Rational): boolean => d === 1n && (n === 1n || n === -1n)
  const isPlain = terms.length === 2 && high.n === 0n && terms.every(({ coefficient }) => isUnit(coefficient))
  const isFloat = (column: string): boolean => context.columns.get(column)?.baseType.startsWith('float') === true
  if (!isPlain && columns.some(isFloat)) {
    return unknownBecause('arithmetic with floating-point columns is rounded')
  }
  const comparison: ColumnComparison = {
    terms: [
      ...terms.map((term) => ({ coefficient: rationalText(term.coefficient), columns: term.columns })),
      ...(high.n === 0n ? [] : [{ coefficient: rationalText(high), columns: [] }]),
    ],
    operator,
  }
  return compared(comparison, columns, nullable)
}

/** A comparison as a case of its own; without NULLs where they would not do. */
export function compared(comparison: ColumnComparison, columns: readonly string[], nullable: boolean): Outcome {
  const domains = nullable ? [] : columns.map((column) => [column, { null: 'never', patterns: [] }] as const)
  return { cases: [{ domains: new Map(domains), comparisons: [comparison] }], reasons: [] }
}

function isTrue(value: Rational, operator: '<' | '<=' | '=' | '<>'): boolean {
  const sign = value.n
  switch (operator) {
    case '<':
      return sign < 0n
    case '<=':
      return sign <= 0n
    case '=':
      return sign === 0n
    case '<>':
      return sign !== 0n
  }
}

/** coefficient * column + constant, against zero. */
function bounded(
  column: string,
  coefficient: Rational,
  constant: Rational,
  operator: '<' | '<=' | '=' | '<>',
  nullable: boolean,
  context: CheckContext,
): Outcome {
  const line = context.line(column)
  if (line === undefined) return unknownBecause('a type without order')
  const limit = divide(multiply(constant, rational(-1n)), coefficient)
  const within = (domain: Parameters<typeof valueIn>[2][number]): Outcome => valueIn(column, nullable, [domain])
  if (operator === '<' || operator === '<=') {
    const bound = { value: placeText(line, limit), inclusive: operator === '<=' }
    return within(coefficient.n > 0n ? { max: bound } : { min: bound })
  }
  const text = line.format(limit)
  const place = line.parse(text)
  const isValue = place !== undefined && compare(place, limit) === 0
  if (operator === '=') return isValue ? within({ values: [text] }) : either(nullable ? [nullIn(column)] : [])
  return within(isValue ? { excluded: [text] } : {})
}

function nullIn(column: string): Outcome {
  return { cases: [{ domains: new Map([[column, { null: 'always', patterns: [] }]]), comparisons: [] }], reasons: [] }
}

/** A bound of a line's unit, exactly; it may be finer than the values. */
function placeText(line: Line, value: Rational): string {
  const whole = value.n / value.d
  switch (line.unit) {
    case 'instant':
      return formatInstant(whole)
    case 'clock':
    case 'duration':
      return whole < 0n ? `-${formatClock(-whole)}` : formatClock(whole)
    default:
      return rationalText(value)
  }
}
