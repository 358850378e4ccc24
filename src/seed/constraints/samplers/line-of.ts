import type { ColumnFacts } from '../../../postgres/tables/table-facts.ts'
import { floor, one, rational, zero } from '../rational.ts'
import type { Line } from './line.ts'
import { floatLine, integerLine, moneyLine, numericLine } from './number-lines.ts'
import { clockLine, dateLine, intervalLine, timestampLine } from './time-lines.ts'

/** The line on which the values of a column stand; undefined for types without one, and for arrays. */
export function lineOf(column: ColumnFacts, now: number): Line | undefined {
  if (column.arrayDimensions > 0) return undefined
  if (column.enumLabels !== undefined) return labelLine(column.enumLabels)
  if (column.kind !== 'scalar') return undefined
  switch (column.baseType) {
    case 'int2':
      return integerLine(-(2n ** 15n), 2n ** 15n - 1n)
    case 'int4':
      return integerLine(-(2n ** 31n), 2n ** 31n - 1n)
    case 'int8':
      return integerLine(-(2n ** 63n), 2n ** 63n - 1n)
    case 'oid':
      return integerLine(0n, 2n ** 32n - 1n)
    case 'numeric':
      return numericLine(column)
    case 'float4':
      return floatLine(4)
    case 'float8':
      return floatLine(8)
    case 'money':
      return moneyLine()
    case 'bool':
      return booleanLine
    case 'uuid':
      return uuidLine
    case 'date':
      return dateLine(now)
    case 'timestamp':
    case 'timestamptz':
      return timestampLine(now, column.fractionDigits, column.baseType === 'timestamptz')
    case 'time':
    case 'timetz':
      return clockLine(column.fractionDigits, column.baseType === 'timetz')
    case 'interval':
      return intervalLine(column.fractionDigits)
    default:
      return undefined
  }
}

/** Labels of an enum compare by their order. */
function labelLine(labels: readonly string[]): Line {
  const places = new Map(labels.map((label, place) => [label, rational(BigInt(place))]))
  const last = rational(BigInt(labels.length - 1))
  return {
    ...whole,
    unit: 'label',
    parse: (text) => places.get(text),
    format: (value) => labels[Number(floor(value))] ?? '',
    highest: last,
    preferred: [zero, last],
  }
}

const whole = { lowest: zero, grains: [one], resolution: undefined }

const booleanTexts = new Map(
  [['f', 'false', 'no', 'off', '0', 'n'], ['t', 'true', 'yes', 'on', '1', 'y']].flatMap((texts, place) =>
    texts.map((text) => [text, rational(BigInt(place))] as const),
  ),
)

const booleanLine: Line = {
  ...whole,
  unit: 'boolean',
  parse: (text) => booleanTexts.get(text.toLowerCase()),
  format: (value) => (value.n === 0n ? 'f' : 't'),
  highest: one,
  preferred: [zero, one],
}

const uuidLine: Line = {
  ...whole,
  unit: 'uuid',
  parse: (text) => {
    const digits = text.replace(/[{}-]/g, '')
    return /^[\da-f]{32}$/i.test(digits) ? rational(BigInt(`0x${digits}`)) : undefined
  },
  format: (value) =>
    floor(value).toString(16).padStart(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  highest: rational(2n ** 128n - 1n),
  // Version 4 of the standard's form, told apart by the last twelve digits.
  preferred: [rational(0x40008000000000000000n), rational(0x40008000ffffffffffffn)],
}
