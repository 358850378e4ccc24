import type { CatalogObject } from '../../postgres/catalog/catalog.ts'
import { lastPart, ownerOfName } from '../../postgres/catalog/names.ts'
import { quoteLiteral } from '../../postgres/quote.ts'

type Side = ReadonlyMap<string, CatalogObject>

/**
 * The statements that bring a column back to a table that may have rows. One that must hold a value and has no default
 * gets a neutral value of its type (docs/rollbacks.md has the list); one under a unique constraint gets a different
 * value in each row, also where its default would be the same in all, one with a foreign key the first row that it can
 * point at.
 * @param isArchived its values come from an archive afterwards, and only then does it demand one
 */
export function addColumnWithValues(
  column: CatalogObject,
  clauses: { readonly clause: string; readonly nullable: string },
  before: Side,
  isArchived = false,
): readonly string[] {
  const table = ownerOfName(column.name)
  const name = lastPart(column.name)
  const add = `ALTER TABLE ${table} ADD COLUMN ${clauses.clause}`
  const apart = valueApart(column, before)
  if (apart !== undefined) return [add, `UPDATE ${table} SET ${name} = ${apart}`]
  const few = isUnique(column, before) && column.definition['generated'] === null ? fewValues(column, before) : undefined
  if (few !== undefined && column.definition['notNull'] !== true) return [add, `UPDATE ${table} SET ${name} = NULL`]
  if (!needsValue(column) && few === undefined) return [add]
  if (isArchived && needsValue(column)) return [`ALTER TABLE ${table} ADD COLUMN ${clauses.nullable}`]
  if (few !== undefined) return [`ALTER TABLE ${table} ADD COLUMN ${clauses.nullable}`, ...spread(column, few)]
  const { value, isNeutral } = fallbackValue(column, before)
  if (isNeutral) return [`${add} DEFAULT ${value}`, `ALTER TABLE ${table} ALTER COLUMN ${name} DROP DEFAULT`]
  return [
    `ALTER TABLE ${table} ADD COLUMN ${clauses.nullable}`,
    `UPDATE ${table} SET ${name} = ${value}`,
    `ALTER TABLE ${table} ALTER COLUMN ${name} SET NOT NULL`,
  ]
}

/** What each row gets in a unique column whose default would give all of them the same; undefined for others. */
function valueApart(column: CatalogObject, before: Side): string | undefined {
  const { type, default: expression, identity, generated } = column.definition
  if (typeof expression !== 'string' || identity !== null || generated !== null) return undefined
  if (/\b(nextval|gen_random_uuid|uuid_generate_v\d\w*|uuidv\d)\(/.test(expression)) return undefined
  return isUnique(column, before) ? distinctValue(String(type)) : undefined
}

/** How many rows can have different values in a column that must hold one and is unique; undefined: any number. */
export function mostApart(column: CatalogObject, before: Side): number | undefined {
  const { notNull, generated } = column.definition
  if (notNull !== true || generated !== null || referencedValue(column, before) !== undefined) return undefined
  return isUnique(column, before) ? fewValues(column, before)?.length : undefined
}

/** All values of a type that has so few that rows run out of them, as SQL. */
function fewValues({ definition }: CatalogObject, before: Side): readonly string[] | undefined {
  const type = String(definition['type'])
  if (type === 'boolean') return ['false', 'true']
  const values = before.get(`enum\0${type}`)?.definition['values']
  return Array.isArray(values) ? values.map((value) => `${quoteLiteral(String(value))}::${type}`) : undefined
}

/** Each row another one, as far as they go: one row more, and the unique index stops it. */
function spread(column: CatalogObject, values: readonly string[]): readonly string[] {
  const table = ownerOfName(column.name)
  const name = lastPart(column.name)
  const place = `(numbered.number - 1) % ${String(values.length)} + 1`
  return [
    `UPDATE ${table} SET ${name} = (ARRAY[${values.join(', ')}])[${place}]\n` +
      `FROM (SELECT ctid AS place, row_number() OVER () AS number FROM ${table}) numbered WHERE ${table}.ctid = numbered.place`,
    `ALTER TABLE ${table} ALTER COLUMN ${name} SET NOT NULL`,
  ]
}

/** What a row gets in a column that must hold a value, as SQL. `isDistinct`: another one in each row. */
export function fallbackValue(
  column: CatalogObject,
  before: Side,
): { readonly value: string; readonly isNeutral: boolean; readonly isDistinct: boolean } {
  const type = String(column.definition['type'])
  const referenced = referencedValue(column, before)
  if (referenced !== undefined) return { value: referenced, isNeutral: false, isDistinct: false }
  const distinct = isUnique(column, before) ? distinctValue(type) : undefined
  if (distinct !== undefined) return { value: distinct, isNeutral: false, isDistinct: true }
  return { value: neutralValue(type, before), isNeutral: true, isDistinct: false }
}

/** True for a column that cannot be added to a table with rows just so. */
export function needsValue({ definition }: CatalogObject): boolean {
  const { notNull, default: expression, identity, generated } = definition
  return notNull === true && expression === null && identity === null && generated === null
}

/** A value of the type that says nothing: zero, empty, the epoch, the first of an enum. */
export function neutralValue(type: string, before: Side): string {
  if (type.endsWith('[]')) return `'{}'::${type}`
  const found = neutral.find(([pattern]) => pattern.test(type))
  if (found !== undefined) return `${found[1]}::${type}`
  const values = before.get(`enum\0${type}`)?.definition['values']
  if (Array.isArray(values)) return `${quoteLiteral(String(values[0] ?? ''))}::${type}`
  const domain = before.get(`domain\0${type}`)
  if (domain !== undefined) return `${neutralValue(String(domain.definition['type']), before)}::${type}`
  return `''::${type}`
}

const neutral: readonly (readonly [RegExp, string])[] = [
  [/^(smallint|integer|bigint|numeric|real|double precision|money|oid)\b/, `'0'`],
  [/^boolean$/, `'false'`],
  [/^(timestamp|date)\b/, `'1970-01-01'`],
  [/^time\b/, `'00:00'`],
  [/^interval\b/, `'0'`],
  [/^uuid$/, `'00000000-0000-0000-0000-000000000000'`],
  [/^jsonb?$/, `'{}'`],
  [/^bit\b/, `'0'`],
  [/^inet$|^cidr$/, `'0.0.0.0/32'`],
  [/^macaddr$/, `'00:00:00:00:00:00'`],
  [/range$/, `'empty'`],
  [/^xml$/, `'<empty/>'`],
]

/** Another value for each row; undefined for types of few values. */
function distinctValue(type: string): string | undefined {
  if (type.endsWith('[]')) {
    const element = distinctValue(type.slice(0, -2))
    return element === undefined ? undefined : `ARRAY[${element}]`
  }
  return distinct.find(([pattern]) => pattern.test(type))?.[1](type)
}

// ctid is a row's place in its table: (page, line). Unlike row_number() it can stand in an UPDATE.
const place = '((ctid::text::point)[0] * 1000 + (ctid::text::point)[1])'

const distinct: readonly (readonly [RegExp, (type: string) => string])[] = [
  [/^(text|character varying|(\w+\.)?citext)$/, (type) => `gen_random_uuid()::${type}`],
  [/^character( varying)?\(\d+\)$/, (type) => `left(md5(gen_random_uuid()::text), ${/\d+/.exec(type)?.[0] ?? ''})`],
  [/^uuid$/, () => 'gen_random_uuid()'],
  [/^(smallint|integer|bigint|numeric|real|double precision)/, (type) => `${place}::${type}`],
  [/^date$/, (type) => `${type} '1970-01-01' + ${place}::integer`],
  [/^timestamp/, (type) => `'1970-01-01'::${type} + ${place} * interval '1 second'`],
  [/^time\b/, (type) => `'00:00'::${type} + ${place} * interval '1 millisecond'`],
  [/^interval/, (type) => `(${place} * interval '1 second')::${type}`],
  [/^jsonb$/, (type) => `to_jsonb(${place})::${type}`],
  [/^bytea$/, () => `decode(md5(gen_random_uuid()::text), 'hex')`],
]

/** Unique by the column alone, or by columns of which none but new ones tells rows apart. */
function isUnique(column: CatalogObject, before: Side): boolean {
  const own = lastPart(column.name)
  return [...before.values()].some(({ kind, name, definition }) => {
    const text = String(definition['definition'])
    if (kind === 'constraint' && ownerOfName(name) === ownerOfName(column.name)) {
      return /^(PRIMARY KEY|UNIQUE)/.test(text) && mentions(text, own)
    }
    return kind === 'index' && definition['table'] === ownerOfName(column.name) && text.startsWith('CREATE UNIQUE') && mentions(text, own)
  })
}

function mentions(definition: string, column: string): boolean {
  const columns = /\(([^()]*)\)/.exec(definition)?.[1] ?? ''
  return columns.split(', ').includes(column)
}

/** `(SELECT key FROM parent ORDER BY key LIMIT 1)`, with the columns of the key that stayed matched. */
function referencedValue(column: CatalogObject, before: Side): string | undefined {
  const own = lastPart(column.name)
  for (const { kind, name, definition } of before.values()) {
    if (kind !== 'constraint' || ownerOfName(name) !== ownerOfName(column.name)) continue
    const parsed = /^FOREIGN KEY \(([^)]*)\) REFERENCES (.*?)\(([^)]*)\)/.exec(String(definition['definition']))
    const [, from = '', , to = ''] = parsed ?? []
    const place = from.split(', ').indexOf(own)
    const key = to.split(', ')[place]
    if (key === undefined || place === -1) continue
    return `(SELECT ${key} FROM ${String(definition['references'])} ORDER BY ${to} LIMIT 1)`
  }
  return undefined
}
