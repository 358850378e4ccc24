import { quoteIdentifier } from '../../postgres/quote.ts'
import { type ColumnType, readColumnType } from '../column-types.ts'

/** An SQL expression over the row, and what is to be said of it. */
export type CastSuggestion = readonly [expression: string, reason: string]

/**
 * How the values of a column may become another type, the likeliest first; never empty. What would cut,
 * round or shift a value without a word says so, and a text that is too long is refused rather than cut.
 */
export function castSuggestions(
  column: string,
  from: ColumnType,
  typeText: string,
): readonly [CastSuggestion, ...CastSuggestion[]] {
  const to = readColumnType(typeText)
  const value = quoteIdentifier(column)
  if (to.isList && !from.isList) return scalarToList(value, from, to, typeText)
  if (from.isList && !to.isList) return listToScalar(value, from, to, typeText)
  return to.isList ? listToList(value, from, to, typeText) : scalars(value, from, to, typeText)
}

/**
 * The expression with its time zone said, where the answer is a plain cast whose result hangs on the time zone of the
 * session that runs it; undefined for every other answer.
 */
export function zonedCast(answer: string, column: string, from: ColumnType, typeText: string): string | undefined {
  const to = readColumnType(typeText)
  if (from.isList || to.isList) return undefined
  const plain = answer.trim().replace(/^\((.*)\)$/, '$1')
  const [name = '', type, ...more] = plain.split('::')
  const isColumn = name.trim() === quoteIdentifier(column) || name.trim() === column
  if (!isColumn || more.length > 0 || (type !== undefined && readColumnType(type).base !== to.base)) return undefined
  const zoned = betweenMoments(quoteIdentifier(column), from, to)?.[0][0]
  return zoned?.includes('AT TIME ZONE') === true ? zoned : undefined
}

type Suggestions = readonly [CastSuggestion, ...CastSuggestion[]]

/** The type of one element. */
function single(typeText: string): string {
  return typeText.replace(/\[\]$/, '')
}

function scalarToList(value: string, from: ColumnType, to: ColumnType, typeText: string): Suggestions {
  const [[element]] = scalars(value, from, to, single(typeText))
  const one = element.includes('::') ? `ARRAY[${element}]` : `ARRAY[${element}]::${typeText}`
  const listOfOne: CastSuggestion = [`CASE WHEN ${value} IS NULL THEN '{}' ELSE ${one} END`, 'a list of the one value']
  if (textual.has(from.base)) return [listOfOne, [`string_to_array(${value}, ',')::${typeText}`, 'its text, split at commas']]
  if (!documents.has(from.base)) return [listOfOne]
  const elements = `ARRAY(SELECT jsonb_array_elements_text(${value}::jsonb))::${typeText}`
  return [[elements, 'the elements of the JSON list'], listOfOne]
}

function listToScalar(value: string, from: ColumnType, to: ColumnType, typeText: string): Suggestions {
  const [[first]] = scalars(`(${value}[1])`, from, to, typeText)
  const firstOne: CastSuggestion = [first, 'the first of the list; the others go']
  if (documents.has(to.base)) return [[`to_${to.base}(${value})`, 'the list as JSON'], firstOne]
  if (!textual.has(to.base)) return [firstOne]
  return [firstOne, [`array_to_string(${value}, ',')`, 'the list as text, with commas']]
}

function listToList(value: string, from: ColumnType, to: ColumnType, typeText: string): Suggestions {
  const [[element, reason]] = scalars('element', from, to, single(typeText))
  if (element === `element::${single(typeText)}`) return [[`${value}::${typeText}`, reason]]
  if (element === `element::text::${single(typeText)}`) return [[`${value}::text[]::${typeText}`, reason]]
  return [[`ARRAY(SELECT ${element} FROM unnest(${value}) AS element)`, reason]]
}

const textual = new Set(['text', 'varchar', 'char', 'citext'])
const sized = new Set(['varchar', 'char'])
const whole = new Set(['int2', 'int4', 'int8'])
const numbers = new Set([...whole, 'numeric', 'float4', 'float8'])
const moments = new Set(['timestamp', 'timestamptz', 'date'])
const documents = new Set(['json', 'jsonb'])

function scalars(value: string, from: ColumnType, to: ColumnType, typeText: string): Suggestions {
  return (
    toText(value, from, to, typeText) ??
    toDocument(value, from, to, typeText) ??
    betweenSizes(value, from, to, typeText) ??
    betweenMoments(value, from, to) ??
    betweenNumbersAndMoments(value, from, to, typeText) ??
    betweenOthers(value, from, to, typeText) ?? [
      [`${value}::text::${typeText}`, 'through text; a value that cannot be read is refused'],
    ]
  )
}

/** A cast to `varchar(n)` cuts what is longer; assigning a text to such a column refuses it. */
function toText(value: string, from: ColumnType, to: ColumnType, typeText: string): Suggestions | undefined {
  if (!textual.has(to.base)) return undefined
  const target = sized.has(to.base) ? 'text' : typeText
  if (from.base === 'bytea') {
    return [
      [`convert_from(${value}, 'UTF8')`, 'the bytes are text in UTF-8; others are refused'],
      [`encode(${value}, 'base64')`, 'the bytes in base64'],
    ]
  }
  if (documents.has(from.base)) {
    return [
      [`${value}::${target}`, 'the JSON as it is written'],
      [`${value} #>> '{}'`, 'a JSON string without its quotes'],
    ]
  }
  const [size] = to.sizes
  if (size === undefined) return [[`${value}::${target}`, 'as PostgreSQL writes it']]
  return [
    [`${value}::${target}`, 'a longer text is refused'],
    [`left(${value}::text, ${size})`, 'a longer text is cut'],
  ]
}

function toDocument(value: string, from: ColumnType, to: ColumnType, typeText: string): Suggestions | undefined {
  if (!documents.has(to.base)) return undefined
  if (documents.has(from.base)) return [[`${value}::${typeText}`, "PostgreSQL's own cast"]]
  const converted = `to_${to.base}(${value})`
  if (!textual.has(from.base)) return [[converted, 'the value as JSON']]
  return [
    [`${value}::${typeText}`, 'the text is JSON; any other is refused'],
    [converted, 'the text becomes a JSON string'],
  ]
}

/** The same type with another size. */
function betweenSizes(value: string, from: ColumnType, to: ColumnType, typeText: string): Suggestions | undefined {
  if (from.base !== to.base || numbers.has(to.base)) return undefined
  const isBits = to.base === 'bit' || to.base === 'varbit'
  return [[`${value}::${typeText}`, isBits ? 'cut, or filled with zeros, on the right' : 'rounded to fewer digits']]
}

/** What Prisma writes into a column without a time zone is UTC. */
function betweenMoments(value: string, from: ColumnType, to: ColumnType): Suggestions | undefined {
  const change = `${from.base} ${to.base}`
  const expression = momentCasts.get(change)
  return expression === undefined ? undefined : [[expression[0].replaceAll('value', () => value), expression[1]]]
}

const momentCasts: ReadonlyMap<string, readonly [expression: string, reason: string]> = new Map([
  ['timestamp timestamptz', ["value AT TIME ZONE 'UTC'", 'the values are UTC, as Prisma writes them']],
  ['timestamptz timestamp', ["value AT TIME ZONE 'UTC'", 'in UTC, as Prisma reads them']],
  ['date timestamptz', ["value::timestamp AT TIME ZONE 'UTC'", 'midnight in UTC']],
  ['timestamptz date', ["(value AT TIME ZONE 'UTC')::date", 'the day in UTC; the time of day goes']],
  ['timestamp date', ['value::date', 'the time of day goes']],
  ['date timestamp', ['value::timestamp', 'midnight']],
  ['timestamptz time', ["(value AT TIME ZONE 'UTC')::time", 'the time of day in UTC; the day goes']],
  ['timestamp time', ['value::time', 'the day goes']],
  ['timestamptz timetz', ["(value AT TIME ZONE 'UTC')::time::text::timetz", 'the time of day in UTC; the day goes']],
  ['timestamp timetz', ["(value::time::text || '+00')::timetz", 'the time of day in UTC; the day goes']],
  ['time timetz', ["(value::text || '+00')::timetz", 'in UTC']],
  ['timetz time', ["(value AT TIME ZONE 'UTC')::time", 'in UTC']],
])

function betweenNumbersAndMoments(
  value: string,
  from: ColumnType,
  to: ColumnType,
  typeText: string,
): Suggestions | undefined {
  if (numbers.has(from.base) && numbers.has(to.base)) {
    const reason = whole.has(from.base) ? 'one that is too large is refused' : 'rounded; one that is too large is refused'
    return [[`${value}::${typeText}`, reason]]
  }
  if (moments.has(from.base) && numbers.has(to.base)) {
    return [
      [`extract(epoch FROM ${value})::${typeText}`, 'seconds since 1970'],
      [`(extract(epoch FROM ${value}) * 1000)::${typeText}`, 'milliseconds since 1970'],
    ]
  }
  if (!numbers.has(from.base) || !moments.has(to.base)) return undefined
  const seconds = `to_timestamp(${value}::float8)`
  const milliseconds = `to_timestamp(${value}::float8 / 1000)`
  const inZone = (moment: string): string => (to.base === 'timestamptz' ? moment : `${moment} AT TIME ZONE 'UTC'`)
  const typed = (moment: string): string => (to.base === 'date' ? `(${inZone(moment)})::date` : inZone(moment))
  return [
    [typed(seconds), 'it counts seconds since 1970'],
    [typed(milliseconds), 'it counts milliseconds since 1970'],
  ]
}

function betweenOthers(value: string, from: ColumnType, to: ColumnType, typeText: string): Suggestions | undefined {
  if (to.base === 'bytea' && textual.has(from.base)) return [[`convert_to(${value}, 'UTF8')`, 'the text in UTF-8']]
  if (to.base === 'uuid' && numbers.has(from.base)) {
    return [[`md5(${value}::text)::uuid`, 'the same number becomes the same UUID, in every field']]
  }
  if (to.base === 'bool' && numbers.has(from.base)) return [[`${value} <> 0`, '0 is false, everything else is true']]
  if (from.base === 'bool' && numbers.has(to.base)) {
    return [[to.base === 'int4' ? `${value}::integer` : `${value}::integer::${typeText}`, 'true is 1, false is 0']]
  }
  if (documents.has(from.base) && (numbers.has(to.base) || to.base === 'bool')) {
    return [[`(${value} #>> '{}')::${typeText}`, 'any other JSON value is refused']]
  }
  if (!textual.has(from.base)) return undefined
  if (to.base === 'bool') {
    return [[`${value}::${typeText}`, "'true', 't', 'yes', 'on', '1' and their opposites; others are refused"]]
  }
  return [[`${value}::${typeText}`, "PostgreSQL's own cast; a value it cannot take is refused"]]
}
