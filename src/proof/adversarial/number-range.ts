import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import type { TargetType } from './target-type.ts'

/** The numbers that a type has room for. */
export interface NumberRange {
  readonly from: string
  readonly to: string
  /** Digits after the point that are kept; the rest is rounded. */
  readonly scale: number
}

const integers: Readonly<Record<string, NumberRange>> = {
  int2: { from: '-32768', to: '32767', scale: 0 },
  int4: { from: '-2147483648', to: '2147483647', scale: 0 },
  // A rounded number beyond the largest one is refused as soon as it is nearer to the next.
  float4: { from: '-3.4028235e38', to: '3.4028235e38', scale: 0 },
  int8: { from: '-9223372036854775808', to: '9223372036854775807', scale: 0 },
}

/** Undefined for a type that has room for all numbers, or for none. */
export function numberRange({ name, modifiers }: TargetType): NumberRange | undefined {
  const [precision, scale = 0] = modifiers
  if (name !== 'numeric' || precision === undefined) return integers[name]
  const whole = '9'.repeat(Math.max(0, precision - scale)) || '0'
  const largest = scale > 0 ? `${whole}.${'9'.repeat(scale)}` : whole
  return { from: `-${largest}`, to: largest, scale: Math.max(0, scale) }
}

/**
 * SQL that is true where a number does not fit into a type. A real number takes what is no number, and infinity.
 * @param value SQL of the number: a column, or an expression in parentheses
 */
export function isOutside(value: string, type: TargetType, range: NumberRange): string {
  const outside = `round(${value}::numeric, ${String(range.scale)}) NOT BETWEEN ${range.from} AND ${range.to}`
  return type.name === 'float4' ? `${outside} AND ${value}::text NOT IN ('NaN', 'Infinity', '-Infinity')` : outside
}

const digits: Readonly<Record<string, number>> = { int2: 5, int4: 10, int8: 19 }

/** Whether the column can hold what the type cannot. Floating point numbers are wider than all. */
export function isWider(column: ColumnFacts, { name, modifiers }: TargetType): boolean {
  const [precision = 1000, scale = 0] = modifiers
  const room = digits[name] ?? precision - scale
  if (name === 'float4') return column.baseType === 'float8' || column.baseType === 'numeric'
  if (column.baseType === 'float4' || column.baseType === 'float8') return true
  if (column.baseType === 'numeric') return column.precision === undefined || column.precision - (column.scale ?? 0) >= room
  return (digits[column.baseType] ?? 0) > room || (name === 'numeric' && (digits[column.baseType] ?? 0) === room)
}
