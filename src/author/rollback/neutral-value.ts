import type { CatalogObject } from '../../postgres/catalog/catalog.ts'
import { lastPart, ownerOfName } from '../../postgres/catalog/names.ts'
import { quoteLiteral } from '../../postgres/quote.ts'

type Side = ReadonlyMap<string, CatalogObject>

/**
 * The statements that bring a column back to a table that may have rows. One that must hold a value and has no default
 * gets a neutral value of its type (docs/rollbacks.md has the list); one under a unique constraint gets a different
 * value in each row, one with a foreign key the first row that it can point at.
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
  if (!needsValue(column)) return [add]
  if (isArchived) return [`ALTER TABLE ${table} ADD COLUMN ${clauses.nullable}`]
  const { value, isNeutral } = fallbackValue(column, before)
  if (isNeutral) return [`${add} DEFAULT ${value}`, `ALTER TABLE ${table} ALTER COLUMN ${name} DROP DEFAULT`]
  return [
    `ALTER TABLE ${table} ADD COLUMN ${clauses.nullable}`,
    `UPDATE ${table} SET ${name} = ${value}`,
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

function distinctValue(type: string): string | undefined {
  if (/^(text|character varying)$/.test(type)) return 'gen_random_uuid()::text'
  if (/^character varying\((\d+)\)$/.test(type)) return `left(md5(gen_random_uuid()::text), ${/\d+/.exec(type)?.[0] ?? ''})`
  if (type === 'uuid') return 'gen_random_uuid()'
  // ctid is a row's place in its table: (page, line). Unlike row_number() it can stand in an UPDATE.
  if (/^(integer|bigint|numeric)/.test(type)) {
    return `((ctid::text::point)[0] * 1000 + (ctid::text::point)[1])::${type}`
  }
  if (type.startsWith('timestamp')) {
    return `'1970-01-01'::${type} + ((ctid::text::point)[0] * 1000 + (ctid::text::point)[1]) * interval '1 second'`
  }
  return undefined
}

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
