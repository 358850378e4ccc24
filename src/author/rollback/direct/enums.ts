import { withoutList } from '../without-list.ts'
import type { CatalogObject } from '../../../postgres/catalog/catalog.ts'
import type { CatalogDifference } from '../../../postgres/catalog/compare-catalogs.ts'
import { lastPart, ownerOfName, sayName } from '../../../postgres/catalog/names.ts'
import { fitIdentifier, quoteIdentifier, quoteLiteral } from '../../../postgres/quote.ts'
import type { Casts } from '../casts.ts'
import { namesBack, type NamesBack, withOldNames } from '../renamed-values.ts'
import { isPartOf, list, objectKey, onlyChanges, type Sides, text } from './sides.ts'
import type { Step } from './step.ts'

/** Enums that go, come back, or had other values. */
export function enumSteps(difference: CatalogDifference, sides: Sides, casts: Casts): readonly Step[] | undefined {
  const { name, change } = difference
  if (change === 'removed') return [{ phase: 'drop enums', sql: `DROP TYPE ${name}` }]
  const before = sides.before.get(objectKey('enum', name))
  if (before?.definition['owner'] !== null) return undefined
  const values = list(before.definition['values'])
  if (change === 'added') return [{ phase: 'create enums', sql: createEnum(name, values) }]
  if (!onlyChanges(difference, ['values'])) return undefined
  const held = list(sides.now.get(objectKey('enum', name))?.definition['values'])
  if (canAddTo(held, values, name, sides)) return addValues(name, held, values)
  const back = namesBack(casts.renamed.get(sayName(name)), held, values)
  return rebuild(name, values, { sides, back })
}

function createEnum(name: string, values: readonly string[]): string {
  return `CREATE TYPE ${name} AS ENUM (${values.map(quoteLiteral).join(', ')})`
}

/** Adding values rewrites no table, but none of them can be used in the same transaction: by a default, by old rows. */
function canAddTo(held: readonly string[], values: readonly string[], name: string, sides: Sides): boolean {
  const kept = values.filter((value) => held.includes(value))
  if (JSON.stringify(kept) !== JSON.stringify(held)) return false
  return !columnsOf(name, sides.before).some((column) => {
    if (sides.archived.has(column.name)) return true
    const expression = text(column, 'default')
    return values.some((value) => !held.includes(value) && expression.includes(quoteLiteral(value).trim()))
  })
}

function addValues(name: string, held: readonly string[], values: readonly string[]): readonly Step[] {
  return values.flatMap((value, position) => {
    if (held.includes(value)) return []
    const previous = values[position - 1]
    const next = held[0]
    const place =
      previous !== undefined ? ` AFTER ${quoteLiteral(previous)}` : next !== undefined ? ` BEFORE ${quoteLiteral(next)}` : ''
    return [{ phase: 'add enum values', sql: `ALTER TYPE ${name} ADD VALUE ${quoteLiteral(value)}${place}` }]
  })
}

interface Rebuilding {
  readonly sides: Sides
  readonly back: NamesBack
}

/** PostgreSQL cannot take a value away: the type is made anew. Rows that hold a value that goes stop the rollback. */
function rebuild(name: string, values: readonly string[], rebuilding: Rebuilding): readonly Step[] {
  const { sides } = rebuilding
  const aside = quoteIdentifier(fitIdentifier(`${plain(name).slice(0, 45)}__tide_old`))
  const columns = columnsOf(name, sides.now).filter((column) => {
    if (isPartOf(sides.goingTables, column.name) || sides.madeAnew.has(column.name)) return false
    const before = sides.before.get(objectKey('column', column.name))
    return before !== undefined && !leavesEnums(before)
  })
  return [
    `ALTER TYPE ${name} RENAME TO ${aside}`,
    createEnum(name, values),
    ...columns.flatMap((column) => retype(column, rebuilding)),
    `DROP TYPE ${ownerOfName(name)}.${aside}`,
  ].map((sql) => ({ phase: 'rebuild enums', sql }))
}

/** True for a column that was of a type of PostgreSQL's own: it need not fit the old values of an enum on its way. */
export function leavesEnums(before: CatalogObject): boolean {
  return !text(before, 'type').includes('.')
}

function retype(column: CatalogObject, { sides, back }: Rebuilding): readonly string[] {
  const alter = `ALTER TABLE ${ownerOfName(column.name)} ALTER COLUMN ${lastPart(column.name)}`
  const type = text(column, 'type')
  const asText = type.endsWith('[]') ? 'text[]' : 'text'
  const oldDefault = text(sides.before.get(objectKey('column', column.name)), 'default')
  return [
    ...(text(column, 'default') === '' ? [] : [`${alter} DROP DEFAULT`]),
    `${alter} TYPE ${type} USING ${withOldNames(`${lastPart(column.name)}::${asText}`, asText, back)}::${type}`,
    ...(oldDefault === '' ? [] : [`${alter} SET DEFAULT ${oldDefault}`]),
  ]
}

function columnsOf(name: string, side: Sides['now']): readonly CatalogObject[] {
  return [...side.values()].filter((object) => object.kind === 'column' && withoutList(text(object, 'type')) === name)
}

function plain(name: string): string {
  return lastPart(name).replace(/^"|"$/g, '').replaceAll('""', '"')
}
