import { withoutList } from '../without-list.ts'
import type { CatalogObject } from '../../../postgres/catalog/catalog.ts'
import type { CatalogDifference } from '../../../postgres/catalog/compare-catalogs.ts'
import { lastPart, ownerOfName, sayName } from '../../../postgres/catalog/names.ts'
import { addColumnWithValues } from '../neutral-value.ts'
import { castExpression, type Casts } from '../casts.ts'
import { namesBack, namesThen } from '../renamed-values.ts'
import { columnClause, identityClause } from './column-clause.ts'
import { leavesEnums } from './enums.ts'
import { isPartOf, list, objectKey, onlyChanges, type Sides, text } from './sides.ts'
import type { Step } from './step.ts'

/** Columns that go, come back, or have another type, default, NOT NULL or identity. */
export function columnSteps(difference: CatalogDifference, sides: Sides, casts: Casts): readonly Step[] | undefined {
  const { name, change } = difference
  if (isPartOf(sides.goingTables, name) || isPartOf(sides.comingTables, name)) return []
  const key = objectKey('column', name)
  const now = sides.now.get(key)
  const before = sides.before.get(key)
  if (change === 'removed') {
    if (now?.definition['isLocal'] === false) return []
    return [dropStep(name)]
  }
  if (before === undefined) return undefined
  if (change === 'added') return addSteps(before, sides)
  if (sides.madeAnew.has(name)) {
    const added = addSteps(before, sides)
    return added === undefined ? undefined : [...keptSequences(name, sides), dropStep(name), ...added]
  }
  return now === undefined ? undefined : alterSteps({ now, before, difference }, sides, casts)
}

function dropStep(name: string): Step {
  return { phase: 'drop columns', sql: `ALTER TABLE ${ownerOfName(name)} DROP COLUMN ${lastPart(name)}` }
}

/** A sequence falls with the column that owns it, and the column that comes back counts on with it. */
function keptSequences(column: string, sides: Sides): readonly Step[] {
  const owned = [...sides.now.values()].filter((one) => one.kind === 'sequence' && text(one, 'ownedBy') === column)
  return owned
    .filter(({ name }) => text(sides.before.get(objectKey('sequence', name)), 'ownedBy') === column)
    .flatMap(({ name }): readonly Step[] => [
      { phase: 'free sequences', sql: `ALTER SEQUENCE ${name} OWNED BY NONE` },
      { phase: 'own sequences', sql: `ALTER SEQUENCE ${name} OWNED BY ${column}` },
    ])
}

function addSteps(column: CatalogObject, sides: Sides): readonly Step[] | undefined {
  if (column.definition['isLocal'] === false) return []
  const clause = columnClause(column, sides)
  const nullable = columnClause(column, sides, { nullable: true })
  if (clause === undefined || nullable === undefined) return undefined
  const isArchived = sides.archived.has(column.name)
  const [add = '', ...fill] = addColumnWithValues(column, { clause, nullable }, sides.before, isArchived)
  // Values may be keys of another table, which first get their type back, or their own values.
  const phase = fill.some((sql) => sql.includes(' = (SELECT ')) ? 'fill references' : 'fill columns'
  return [{ phase: 'add columns', sql: add }, ...fill.map((sql): Step => ({ phase, sql }))]
}

interface Pair {
  readonly now: CatalogObject
  readonly before: CatalogObject
  readonly difference: CatalogDifference
}

function alterSteps({ now, before, difference }: Pair, sides: Sides, casts: Casts): readonly Step[] | undefined {
  if (!onlyChanges(difference, ['type', 'collation', 'default', 'notNull', 'identity'])) return undefined
  const changed = (property: string): boolean => difference.properties.some((one) => one.property === property)
  if (changed('identity') && text(now, 'identity') !== '' && text(before, 'identity') !== '') return undefined
  const alter = `ALTER TABLE ${ownerOfName(now.name)} ALTER COLUMN ${lastPart(now.name)}`
  const identity = identityClause(before, sides)
  if (identity === undefined) return undefined
  const oldDefault = text(before, 'default')
  const isRetyped = changed('type') || changed('collation')
  // The default of an enum whose values change is put back where the type is made anew.
  const setsDefault = isRetyped || (changed('default') && !isRebuilt(text(now, 'type'), sides))
  const nullability = changed('notNull') ? (before.definition['notNull'] === true ? 'SET NOT NULL' : 'DROP NOT NULL') : ''
  const isBlanked = isRetyped && casts.blanks.has(sayName(now.name))
  const isLeaving = isRebuilt(text(now, 'type'), sides) && leavesEnums(before)
  const actions = [
    isBlanked ? nullability : '',
    changed('identity') && text(now, 'identity') !== '' ? 'DROP IDENTITY' : '',
    setsDefault && text(now, 'default') !== '' && (isRetyped || oldDefault === '') ? 'DROP DEFAULT' : '',
    isRetyped ? typeAction(now, before, { sides, casts }) : '',
    setsDefault && oldDefault !== '' ? `SET DEFAULT ${oldDefault}` : '',
    isBlanked ? '' : nullability,
    changed('identity') && identity !== '' ? `ADD ${identity}` : '',
  ]
  return actions
    .filter((action) => action !== '')
    .map((action) => ({ phase: isLeaving ? 'leave enums' : 'alter columns', sql: `${alter} ${action}` }))
}

function isRebuilt(type: string, sides: Sides): boolean {
  return sides.differences.some((d) => d.kind === 'enum' && d.change === 'changed' && d.name === withoutList(type))
}

function typeAction(
  now: CatalogObject,
  before: CatalogObject,
  { sides, casts }: { readonly sides: Sides; readonly casts: Casts },
): string {
  const [from, to] = [text(now, 'type'), text(before, 'type')]
  const values = labelsOf(to, sides.before)
  const isEnum = sides.now.has(objectKey('enum', withoutList(from)))
  const type = sayName(withoutList(isEnum ? from : to))
  const renamed = casts.renamed.get(type)
  // Of a text that was made of an enum all of them may be there.
  const held = isEnum ? labelsOf(from, sides.now) : [...(renamed?.keys() ?? [])]
  const first = isEnum ? casts.renamedFirst.get(sayName(now.name))?.get(type) : undefined
  const then = namesThen(first, held)
  const back = then.length > 0 ? then : namesBack(renamed, held, values)
  const using = from === to ? undefined : castExpression(now.name, from, to, casts, back)
  const collation = text(before, 'collation')
  return `TYPE ${to}${collation === '' ? '' : ` COLLATE ${collation}`}${using === undefined ? '' : ` USING ${using}`}`
}

/** The values of an enum; none of any other type. */
function labelsOf(type: string, side: Sides['now']): readonly string[] {
  return list(side.get(objectKey('enum', withoutList(type)))?.definition['values'])
}
