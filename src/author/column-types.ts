import type { ObjectName } from './script/operation.ts'
import { unquote } from './script/read-clauses.ts'

/** A type in PostgreSQL's own spelling, taken apart: `character varying(20)[]` → varchar, [20], list. */
export interface ColumnType {
  /** The short lower-case name of a built-in type, or the name of a user's type without its schema. */
  readonly base: string
  readonly sizes: readonly number[]
  readonly isList: boolean
}

/** Reads a type as the engine writes it (`DECIMAL(10,2)`, `"Role"[]`) or as `format_type` does. */
export function readColumnType(text: string): ColumnType {
  const isList = text.trim().endsWith('[]')
  const single = isList ? text.trim().slice(0, -2).trim() : text.trim()
  const quoted = /(?:^|\.)"((?:[^"]|"")+)"$/.exec(single)?.[1]
  if (quoted !== undefined) return { base: quoted.replaceAll('""', '"'), sizes: [], isList }
  const match = /^([^(]+?)\s*(?:\(([^)]*)\))?(\s+with(?:out)? time zone)?$/i.exec(single)
  const name = `${match?.[1] ?? single}${match?.[3] ?? ''}`.toLowerCase()
  const sizes = (match?.[2] ?? '').split(',').filter((size) => size.trim() !== '').map(Number)
  return { base: builtIn.get(name) ?? name, sizes, isList }
}

/** The name of a user's type, with its schema where the text has one: `"audit"."Kind"[]`, `audit.kind`. */
export function readTypeName(text: string): ObjectName {
  const part = '"(?:[^"]|"")+"|[^".]+'
  const match = new RegExp(`^(?:(${part})\\.)?(${part})$`).exec(text.trim().replace(/\[\]$/, ''))
  return {
    schema: match?.[1] === undefined ? undefined : unquote(match[1]),
    name: unquote(match?.[2] ?? text),
  }
}

const builtIn: ReadonlyMap<string, string> = new Map([
  ['smallint', 'int2'],
  ['integer', 'int4'],
  ['int', 'int4'],
  ['bigint', 'int8'],
  ['serial', 'int4'],
  ['bigserial', 'int8'],
  ['smallserial', 'int2'],
  ['real', 'float4'],
  ['double precision', 'float8'],
  ['decimal', 'numeric'],
  ['boolean', 'bool'],
  ['character varying', 'varchar'],
  ['character', 'char'],
  ['bpchar', 'char'],
  ['bit varying', 'varbit'],
  ['timestamp without time zone', 'timestamp'],
  ['timestamp with time zone', 'timestamptz'],
  ['time without time zone', 'time'],
  ['time with time zone', 'timetz'],
])

/**
 * True where every value of the old type is a value of the new one, the same to a client:
 * such a change needs no answer. Sizes count: `numeric(10,2)` to `numeric(12,2)` is safe, the reverse is not.
 */
export function isSafeCast(from: ColumnType, to: ColumnType): boolean {
  if (from.isList !== to.isList) return false
  if (from.base === to.base) return isWider(from, to)
  if (to.base === 'text' && textual.has(from.base)) return true
  if (to.base === 'varchar') return textual.has(from.base) && isWider(from, to)
  return widenings.get(from.base)?.some((target) => target === to.base && fits(from, to)) ?? false
}

/** Text, varchar and the like hold the same characters. `char(n)` pads with blanks and is no such type. */
const textual = new Set(['text', 'varchar', 'citext'])

const widenings: ReadonlyMap<string, readonly string[]> = new Map([
  ['int2', ['int4', 'int8', 'numeric', 'float4', 'float8']],
  ['int4', ['int8', 'numeric', 'float8']],
  ['int8', ['numeric']],
  ['float4', ['float8']],
  ['json', ['jsonb']],
  ['cidr', ['inet']],
  ['uuid', ['text']],
  ['date', ['timestamp']],
])

const digits: ReadonlyMap<string, number> = new Map([
  ['int2', 5],
  ['int4', 10],
  ['int8', 19],
])

/** Room for every digit, where the new type is a numeric of limited size. */
function fits(from: ColumnType, to: ColumnType): boolean {
  const [precision, scale = 0] = to.sizes
  if (to.base !== 'numeric' || precision === undefined) return true
  return precision - scale >= (digits.get(from.base) ?? Infinity)
}

function isWider(from: ColumnType, to: ColumnType): boolean {
  if (to.sizes.length === 0) return to.base !== 'char' || from.sizes.length === 0
  if (to.base === 'numeric') {
    const [fromPrecision, fromScale = 0] = from.sizes
    const [precision = 0, scale = 0] = to.sizes
    return fromPrecision !== undefined && scale >= fromScale && precision - scale >= fromPrecision - fromScale
  }
  const [size = 0] = to.sizes
  const [fromSize] = from.sizes
  if (to.base === 'char' || to.base === 'bit') return fromSize === size
  return fromSize === undefined ? defaultPrecision.has(from.base) && size >= 6 : size >= fromSize
}

/** Types whose size is a number of fractional digits of a second, 6 where none is said. */
const defaultPrecision = new Set(['timestamp', 'timestamptz', 'time', 'timetz'])

/** Alike enough that a dropped and an added column may be the same thing: same family, list or not. */
export function isSameFamily(left: ColumnType, right: ColumnType): boolean {
  return left.isList === right.isList && familyOf(left.base) === familyOf(right.base)
}

/** The family of a type, with `[]` where it is a list; all types of the user are one family. */
export function familyName({ base, isList }: ColumnType): string {
  const family = familyOf(base)
  const name = family !== base || lonely.has(base) ? family : 'own'
  return isList ? `${name}[]` : name
}

function familyOf(base: string): string {
  for (const [family, members] of families) if (members.includes(base)) return family
  return base
}

/** Types of PostgreSQL that are a family of their own. */
const lonely = new Set([
  ...['bool', 'uuid', 'bytea', 'time', 'timetz', 'interval', 'inet', 'cidr', 'xml', 'money', 'oid', 'bit', 'varbit'],
  ...['point', 'line', 'box', 'path', 'polygon', 'circle', 'tsvector', 'tsquery', 'macaddr', 'hstore'],
])

const families: readonly (readonly [string, readonly string[]])[] = [
  ['whole', ['int2', 'int4', 'int8']],
  ['number', ['numeric', 'float4', 'float8']],
  ['text', ['text', 'varchar', 'char', 'citext']],
  ['moment', ['timestamp', 'timestamptz', 'date']],
  ['document', ['json', 'jsonb']],
]
