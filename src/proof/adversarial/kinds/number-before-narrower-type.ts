import { quoteIdentifier } from '../../../postgres/quote.ts'
import type { ColumnFacts } from '../../../postgres/tables/table-facts.ts'
import type { HazardKind } from '../hazard.ts'
import { hazardOfRetyping, retypingOf } from '../retyping.ts'
import { columnSql, tableSql } from '../sql.ts'
import type { TargetType } from '../target-type.ts'

/** Numbers that a narrower type has no room for. */
export const numberBeforeNarrowerType: HazardKind = {
  name: 'number-before-narrower-type',
  find: (step, scene) => {
    const retyping = retypingOf(step, scene)
    if (retyping === undefined || retyping.column.arrayDimensions > 0 || retyping.type.isArray) return []
    const { column, table, type } = retyping
    const range = rangeOf(type)
    if (range === undefined || !isWider(column, type)) return []
    const own = columnSql(column.name)
    const isReal = type.name === 'float4'
    const outside = `round(${own}::numeric, ${String(range.scale)}) NOT BETWEEN ${range.from} AND ${range.to}`
    // A real number takes what is no number, and infinity.
    const condition = isReal ? `${outside} AND ${own}::text NOT IN ('NaN', 'Infinity', '-Infinity')` : outside
    return [
      hazardOfRetyping(retyping, step, {
        kind: numberBeforeNarrowerType.name,
        rows: `numbers that ${type.words} has no room for`,
        condition,
        mend: `UPDATE ${tableSql(table)} AS t SET ${quoteIdentifier(column.name)} = 7 WHERE ${condition}`,
        attempts: isReal
          ? [{ [column.name]: '1e39' }]
          : [{ [column.name]: `${range.to}::numeric + 1` }, { [column.name]: `${range.from}::numeric - 1` }],
      }),
    ]
  },
}

interface NumberRange {
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

function rangeOf({ name, modifiers }: TargetType): NumberRange | undefined {
  const [precision, scale = 0] = modifiers
  if (name !== 'numeric' || precision === undefined) return integers[name]
  const whole = '9'.repeat(Math.max(0, precision - scale)) || '0'
  const largest = scale > 0 ? `${whole}.${'9'.repeat(scale)}` : whole
  return { from: `-${largest}`, to: largest, scale: Math.max(0, scale) }
}

const digits: Readonly<Record<string, number>> = { int2: 5, int4: 10, int8: 19 }

/** Whether the column can hold what the type cannot. Floating point numbers are wider than all. */
function isWider(column: ColumnFacts, { name, modifiers }: TargetType): boolean {
  const [precision = 1000, scale = 0] = modifiers
  const room = digits[name] ?? precision - scale
  if (name === 'float4') return column.baseType === 'float8' || column.baseType === 'numeric'
  if (column.baseType === 'float4' || column.baseType === 'float8') return true
  if (column.baseType === 'numeric') return column.precision === undefined || column.precision - (column.scale ?? 0) >= room
  return (digits[column.baseType] ?? 0) > room || (name === 'numeric' && (digits[column.baseType] ?? 0) === room)
}
