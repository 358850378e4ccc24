import type { ColumnFacts } from '../../../postgres/tables/table-facts.ts'

/** Least and greatest value of a numeric column. */
export interface NumberRange {
  readonly min: number
  readonly max: number
}

/** What the type of a column holds, for integers that JavaScript counts exactly. */
export function numberRange({ baseType, precision, scale }: NumberColumn): NumberRange {
  if (baseType === 'int2') return { min: -32_768, max: 32_767 }
  if (baseType === 'int4') return { min: -2_147_483_648, max: 2_147_483_647 }
  if (baseType === 'numeric' && precision !== undefined) {
    const max = (10 ** Math.min(precision, 15) - 1) / 10 ** (scale ?? 0)
    return { min: -max, max }
  }
  return { min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }
}

/** Digits after the point: none for integers, of numeric as declared, else as many as `usual`. */
export function scaleOf({ baseType, precision, scale }: NumberColumn, usual: number): number {
  if (baseType === 'int2' || baseType === 'int4' || baseType === 'int8') return 0
  if (baseType === 'numeric' && precision !== undefined) return Math.max(0, scale ?? 0)
  return usual
}

/** Writes a number as the column takes it: rounded to its scale, kept inside its range. */
export function numberText(column: NumberColumn, usualScale: number): (value: number) => string {
  const { min, max } = numberRange(column)
  const digits = scaleOf(column, usualScale)
  if (digits === 0) return (value) => String(Math.min(max, Math.max(min, Math.round(value))))
  const unit = 10 ** digits
  return (value) => {
    const kept = Math.min(max, Math.max(min, value))
    const units = Math.round(Math.abs(kept) * unit)
    const whole = Math.floor(units / unit)
    const sign = kept < 0 && units > 0 ? '-' : ''
    return `${sign}${whole}.${String(units - whole * unit).padStart(digits, '0')}`
  }
}

type NumberColumn = Pick<ColumnFacts, 'baseType' | 'precision' | 'scale'>
