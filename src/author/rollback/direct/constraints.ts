import type { CatalogDifference } from '../../../postgres/catalog/compare-catalogs.ts'
import type { CatalogObject } from '../../../postgres/catalog/catalog.ts'
import { lastPart, ownerOfName, sayName, spokenName } from '../../../postgres/catalog/names.ts'
import { quoteIdentifier } from '../../../postgres/quote.ts'
import { readForeignKey } from '../../archive/foreign-key.ts'
import type { Casts } from '../casts.ts'
import { orphans } from '../restore/deleted-parents.ts'
import { isPartOf, objectKey, type Sides, text } from './sides.ts'
import type { Phase, Step } from './step.ts'

/** Constraints that go, come back, or were defined otherwise (those are dropped and added). */
export function constraintSteps(
  { name }: CatalogDifference,
  sides: Sides,
  casts: Pick<Casts, 'filled'>,
): readonly Step[] | undefined {
  const now = sides.now.get(objectKey('constraint', name))
  const before = sides.before.get(objectKey('constraint', name))
  if (isUnusual(now) || isUnusual(before)) return undefined
  const alter = `ALTER TABLE ${ownerOfName(name)}`
  const steps: Step[] = []
  if (now !== undefined && now.definition['isLocal'] !== false && !isPartOf(sides.goingTables, name)) {
    const phase = isForeignKey(now) ? 'drop foreign keys' : 'drop constraints'
    steps.push({ phase, sql: `${alter} DROP CONSTRAINT ${lastPart(name)}` })
  }
  if (before !== undefined && before.definition['isLocal'] !== false) {
    const phase = isForeignKey(before) ? phaseOfKey(before, sides) : 'add constraints'
    steps.push(...emptyFilled(before, sides, casts))
    steps.push({ phase, sql: `${alter} ADD CONSTRAINT ${lastPart(name)} ${text(before, 'definition')}` })
  }
  return steps
}

/**
 * What the script put where a column was NULL need not be the key of a row, as the foreign key that comes back demands:
 * where it lets a row lose its parent, it is NULL again.
 */
function emptyFilled({ name, definition }: CatalogObject, sides: Sides, { filled }: Pick<Casts, 'filled'>): readonly Step[] {
  const key = readForeignKey(String(definition['definition']))
  const table = ownerOfName(name)
  const [column = '', ...more] = key?.columns ?? []
  if (key?.onDelete !== 'SET NULL' || more.length > 0 || isPartOf(sides.comingTables, name)) return []
  if (!filled.has(`${sayName(table)}.${spokenName([column])}`)) return []
  const update = `UPDATE ${table} AS "t" SET ${quoteIdentifier(column)} = NULL WHERE ${orphans(key)}`
  return [{ phase: 'follow deleted parents', sql: update }]
}

/** Rows of an archive that point at rows which are gone are looked for in between. */
function phaseOfKey(key: CatalogObject, sides: Sides): Phase {
  const isInner = isPartOf(sides.comingTables, key.name) && sides.comingTables.has(text(key, 'references'))
  return isInner ? 'add foreign keys between new tables' : 'add foreign keys'
}

function isForeignKey(constraint: CatalogObject): boolean {
  return text(constraint, 'definition').startsWith('FOREIGN KEY')
}

/** CLUSTER and the NOT NULLs of PostgreSQL 18 that have a life of their own are left to the other planner. */
function isUnusual(constraint: CatalogObject | undefined): boolean {
  return constraint?.definition['clustered'] === true || text(constraint, 'definition').startsWith('NOT NULL')
}
