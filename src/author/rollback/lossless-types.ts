/** A type with its length or precision: `character varying(80)` is `character varying` with 80. */
interface SizedType {
  readonly base: string
  readonly sizes: readonly number[]
}

/** True where every value of the one type is told by the other and can be had back from it to the letter. */
export function keepsEveryValue(from: string, to: string): boolean {
  if (from.endsWith('[]') && to.endsWith('[]')) return keepsEveryValue(from.slice(0, -2), to.slice(0, -2))
  if (to === `${from}[]`) return true
  const a = readType(from)
  const b = readType(to)
  if (a.base === b.base) return holdsSize(a, b)
  if (isText(b) && b.sizes.length === 0) return !/^(char|json|xml)/.test(a.base) || a.base === 'character varying'
  if (a.base === 'text' && isText(b)) return false
  return widenings.some(([narrow, wide]) => narrow === a.base && wide === b.base && holdsWhole(a.base, b))
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

/** Integers fit a numeric that has room for their digits. */
function holdsWhole(from: string, to: SizedType): boolean {
  if (to.base !== 'numeric' || to.sizes.length === 0) return true
  const [precision = 0, scale = 0] = to.sizes
  return precision - scale >= (digits[from] ?? Infinity)
}

const digits: Readonly<Record<string, number>> = { smallint: 5, integer: 10, bigint: 19 }

const widenings: readonly (readonly [string, string])[] = [
  ['smallint', 'integer'],
  ['smallint', 'bigint'],
  ['smallint', 'numeric'],
  ['smallint', 'real'],
  ['smallint', 'double precision'],
  ['integer', 'bigint'],
  ['integer', 'numeric'],
  ['integer', 'double precision'],
  ['bigint', 'numeric'],
  ['real', 'double precision'],
  ['date', 'timestamp without time zone'],
  ['timestamp without time zone', 'timestamp with time zone'],
  ['timestamp with time zone', 'timestamp without time zone'],
]
