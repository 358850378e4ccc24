import type { Conversion } from './converted-columns.ts'

/** A type with its length or precision: `character varying(80)` is `character varying` with 80. */
interface SizedType {
  readonly base: string
  readonly sizes: readonly number[]
}

/** True where every value that came through a conversion can be had back from what it became. */
export function keepsWhatComesThrough(from: string, to: string, how: Conversion['how']): boolean {
  switch (how) {
    case 'computed':
      return false
    case 'midnight':
      return from === 'date' && isTimestamp(to)
    case 'zoned':
      return [from, to].every(isTimestamp) && readType(from).base !== readType(to).base && keepsEveryValue(from, to)
    case 'assigned':
      return keepsEveryValue(from, to) || refusesWhatDoesNotFit(from, to)
    case 'encoded':
      return to === 'bytea' && keepsEveryValue(from, 'text')
    case 'bytes':
    case 'cast':
      return keepsEveryValue(from, to)
  }
}

function isTimestamp(type: string): boolean {
  return type.startsWith('timestamp') && !type.endsWith('[]')
}

/** True where every value of the one type is told by the other and can be had back from it to the letter. */
export function keepsEveryValue(from: string, to: string): boolean {
  if (from.endsWith('[]') && to.endsWith('[]')) return keepsEveryValue(from.slice(0, -2), to.slice(0, -2))
  if (to === `${from}[]`) return true
  if (from.endsWith('[]')) return false
  const a = readType(from)
  const b = readType(to)
  if (a.base === b.base) return holdsSize(a, b)
  if (isText(b) && b.sizes.length === 0) return !/^(char|json$|xml)/.test(a.base) || a.base === 'character varying'
  if (isText(a) && isText(b)) return false
  // Enums are matched by their labels, and integers out of range are refused: what comes through is kept.
  if ((isText(a) && b.base.includes('.')) || (isInteger(a) && isInteger(b))) return true
  return widenings.some(([narrow, wide]) => narrow === a.base && wide === b.base && holdsMore(a, b))
}

/**
 * True where a conversion without USING stops at a value that the new type cannot hold, instead of cutting or rounding
 * it: so whatever came through is there to be had back.
 */
function refusesWhatDoesNotFit(from: string, to: string): boolean {
  const a = readType(from)
  const b = readType(to)
  if (isText(a) && isText(b)) return true
  return a.base === 'numeric' && b.base === 'numeric' && (a.sizes[1] ?? Infinity) <= (b.sizes[1] ?? 0)
}

function readType(type: string): SizedType {
  const sizes = /\(([\d,-]+)\)/.exec(type)?.[1]?.split(',').map(Number) ?? []
  return { base: type.replace(/\([\d,-]+\)/, ''), sizes }
}

function isText({ base }: SizedType): boolean {
  return base === 'text' || base === 'character varying'
}

/** No size is no limit, but timestamps have six digits by default. `numeric(p,s)` must keep both sides of the point. */
function holdsSize(a: SizedType, b: SizedType): boolean {
  if (/^(timestamp|time|interval)\b/.test(a.base)) return (a.sizes[0] ?? 6) <= (b.sizes[0] ?? 6)
  if (b.sizes.length === 0) return true
  if (a.sizes.length === 0) return false
  if (a.base !== 'numeric') return (a.sizes[0] ?? 0) <= (b.sizes[0] ?? 0)
  const [precision = 0, scale = 0] = a.sizes
  const [otherPrecision = 0, otherScale = 0] = b.sizes
  return scale <= otherScale && precision - scale <= otherPrecision - otherScale
}

function isInteger({ base }: SizedType): boolean {
  return base in digits
}

/** Integers fit a numeric that has room for their digits, a timestamp another one with as many digits of a second. */
function holdsMore(from: SizedType, to: SizedType): boolean {
  if (from.base.startsWith('timestamp')) return (from.sizes[0] ?? 6) <= (to.sizes[0] ?? 6)
  if (to.base !== 'numeric' || to.sizes.length === 0) return true
  const [precision = 0, scale = 0] = to.sizes
  return precision - scale >= (digits[from.base] ?? Infinity)
}

const digits: Readonly<Record<string, number>> = { smallint: 5, integer: 10, bigint: 19 }

const widenings: readonly (readonly [string, string])[] = [
  ['smallint', 'numeric'],
  ['smallint', 'real'],
  ['smallint', 'double precision'],
  ['integer', 'numeric'],
  ['integer', 'double precision'],
  ['bigint', 'numeric'],
  ['real', 'double precision'],
  ['jsonb', 'json'],
  ['date', 'timestamp without time zone'],
  ['timestamp without time zone', 'timestamp with time zone'],
  ['timestamp with time zone', 'timestamp without time zone'],
]
