import type { Expression } from '../expressions/expression.ts'
import { floor, parseRational } from '../rational.ts'
import { addMonths, day, formatInstant, parseInterval } from '../samplers/time-text.ts'
import type { CheckContext } from './check-context.ts'
import type { Comparison } from './compare-quantities.ts'
import { compareJsonLength } from './containment.ts'
import { compareEnd, comparePosition } from './compare-text.ts'
import { constantText } from './match-text.ts'
import { type Outcome, unknownBecause, valueIn } from './outcome.ts'
import { quantityOf } from './quantity.ts'
import { textOperand } from './text-operand.ts'

/** A function of a column that is compared with a literal and says something of the column; else undefined. */
export function compareSpecial(
  left: Expression,
  operator: Comparison,
  right: Expression,
  nullable: boolean,
  context: CheckContext,
): Outcome | undefined {
  const limit = constantText(right)
  if (left.kind === 'operator' && left.name === '%') {
    if (limit === undefined) return undefined
    return compareRemainder([left.left, left.right], operator, limit, nullable, context)
  }
  if (left.kind === 'cast' && left.to === 'date') return compareDay(left.of, operator, right, nullable, context)
  if (left.kind !== 'call' || limit === undefined) return undefined
  const [first, second, third] = left.args
  switch (left.name) {
    case 'mod':
      return compareRemainder([first, second], operator, limit, nullable, context)
    case 'jsonb_typeof':
    case 'json_typeof':
      return first?.kind === 'column' ? compareJsonType(first.name, operator, limit, nullable) : undefined
    case 'jsonb_array_length':
    case 'json_array_length':
      return compareJsonLength(first, operator, limit, nullable)
    case 'extract':
    case 'date_part':
      return compareYear(first, second, operator, limit, nullable, context)
    case 'age':
      return second === undefined ? compareAge(first, operator, right, nullable, context) : undefined
    case 'position':
    case 'strpos': {
      const operand = first === undefined ? undefined : textOperand(first, context)
      const wanted = second === undefined ? undefined : constantText(second)
      const place = Number(limit)
      if (operand === undefined || wanted === undefined || !Number.isInteger(place)) return undefined
      return comparePosition(operand, wanted, operator, place, nullable)
    }
    case 'left':
    case 'right':
      return compareCut(first, second, left.name === 'left', operator, limit, nullable, context)
    case 'substr':
    case 'substring': {
      const isFromStart = second?.kind === 'constant' && second.text === '1'
      return isFromStart ? compareCut(first, third, true, operator, limit, nullable, context) : undefined
    }
    default:
      return undefined
  }
}

function compareCut(
  of: Expression | undefined,
  size: Expression | undefined,
  isStart: boolean,
  operator: Comparison,
  text: string,
  nullable: boolean,
  context: CheckContext,
): Outcome | undefined {
  const operand = of === undefined ? undefined : textOperand(of, context)
  const length = size === undefined ? Number.NaN : Number(constantText(size) ?? Number.NaN)
  if (operand === undefined || !Number.isInteger(length) || operator !== '=') return undefined
  return compareEnd(operand, isStart, length, text, nullable)
}

/** How many remainders are told one by one where only one of them is excluded. */
const fewRemainders = 12n

function compareRemainder(
  [of, by]: readonly (Expression | undefined)[],
  operator: Comparison,
  limit: string,
  nullable: boolean,
  context: CheckContext,
): Outcome | undefined {
  const modulus = by === undefined ? undefined : parseRational(constantText(by) ?? '')
  const remainder = parseRational(limit)
  if (of?.kind !== 'column' || modulus?.d !== 1n || remainder?.d !== 1n || modulus.n < 1n) return undefined
  if (!/^int[248]$/.test(context.columns.get(of.name)?.baseType ?? '')) return undefined
  const step = (value: bigint): object => ({ step: { modulus: modulus.n.toString(), remainder: value.toString() } })
  if (operator === '=') {
    const isPossible = remainder.n < modulus.n && remainder.n > -modulus.n
    return valueIn(of.name, nullable, [isPossible ? step(remainder.n) : { values: [] }])
  }
  if (operator !== '<>' || modulus.n > fewRemainders) return undefined
  const all = Array.from({ length: Number(modulus.n) }, (_, value) => BigInt(value))
  return valueIn(of.name, nullable, all.filter((value) => value !== remainder.n).map(step))
}

const jsonTypes = ['object', 'array', 'string', 'number', 'boolean', 'null']

function compareJsonType(column: string, operator: Comparison, type: string, nullable: boolean): Outcome | undefined {
  if (operator === '=') return valueIn(column, nullable, [{ jsonTypes: jsonTypes.filter((one) => one === type) }])
  return operator === '<>' ? valueIn(column, nullable, [{ jsonTypes: jsonTypes.filter((one) => one !== type) }]) : undefined
}

/** `EXTRACT(year FROM d) >= 2000`: from the first moment of a year, before that of the next. */
function compareYear(
  field: Expression | undefined,
  of: Expression | undefined,
  operator: Comparison,
  limit: string,
  nullable: boolean,
  context: CheckContext,
): Outcome | undefined {
  const year = Number(limit)
  if (field === undefined || constantText(field)?.toLowerCase() !== 'year' || !Number.isInteger(year)) return undefined
  const column = instantColumn(of, context)
  if (column === undefined || year < 1 || year > 9998) return undefined
  const start = (of: number): string => `${String(of).padStart(4, '0')}-01-01`
  return within(column, operator, start(year), start(year + 1), nullable)
}

/** `(moment)::date >= day`: from the first moment of a day, before that of the next. */
function compareDay(
  of: Expression,
  operator: Comparison,
  right: Expression,
  nullable: boolean,
  context: CheckContext,
): Outcome | undefined {
  const column = instantColumn(of, context)
  const limit = quantityOf(right, context)
  if (column === undefined || limit?.unit !== 'instant' || !limit.isWhole || limit.terms.length > 0) return undefined
  const isExact = limit.low.n === limit.high.n
  if (!isExact && (operator === '=' || operator === '<>')) return unknownBecause('equality with today')
  const at = operator.startsWith('>') ? floor(limit.high) : floor(limit.low)
  return within(column, operator, formatInstant(at), formatInstant(at + day), nullable)
}

function within(column: string, operator: Comparison, start: string, end: string, nullable: boolean): Outcome {
  const from = (value: string): object => ({ min: { value, inclusive: true } })
  const before = (value: string): object => ({ max: { value, inclusive: false } })
  const domains = {
    '<': [before(start)],
    '<=': [before(end)],
    '>': [from(end)],
    '>=': [from(start)],
    '=': [{ ...from(start), ...before(end) }],
    '<>': [from(end), before(start)],
  }[operator]
  return valueIn(column, nullable, domains)
}

/** `age(birthday) >= '18 years'`: PostgreSQL counts from midnight, months of 30 days; some days are left over. */
function compareAge(
  of: Expression | undefined,
  operator: Comparison,
  right: Expression,
  nullable: boolean,
  context: CheckContext,
): Outcome | undefined {
  const column = instantColumn(of, context)
  const interval = right.kind === 'constant' && right.type === 'interval' ? parseInterval(right.text ?? '') : undefined
  if (column === undefined || interval === undefined || operator === '=' || operator === '<>') return undefined
  const back = (clock: number): bigint =>
    addMonths(BigInt(Math.floor(clock)) * 1000n, -interval.months) - interval.microseconds
  const isOlder = operator.startsWith('>')
  const limit = isOlder
    ? back(Math.min(context.now, context.serverNow)) - 4n * day
    : back(Math.max(context.now, context.serverNow)) + 4n * day
  const bound = { value: formatInstant(limit), inclusive: true }
  return valueIn(column, nullable, [isOlder ? { max: bound } : { min: bound }])
}

function instantColumn(of: Expression | undefined, context: CheckContext): string | undefined {
  if (of?.kind === 'cast' && /^timestamp(?:tz)?$/.test(of.to)) return instantColumn(of.of, context)
  return of?.kind === 'column' && context.line(of.name)?.unit === 'instant' ? of.name : undefined
}

