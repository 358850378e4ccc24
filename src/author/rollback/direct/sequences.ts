import type { CatalogDifference } from '../../../postgres/catalog/compare-catalogs.ts'
import type { CatalogObject } from '../../../postgres/catalog/catalog.ts'
import { lastPart, ownerOfName } from '../../../postgres/catalog/names.ts'
import { quoteLiteral } from '../../../postgres/quote.ts'
import { sequenceOptions } from './column-clause.ts'
import { isPartOf, objectKey, onlyChanges, type Sides, text } from './sides.ts'
import type { Step } from './step.ts'

/** Sequences that go, come back, or belonged to another column. One behind an identity column goes with it. */
export function sequenceSteps(difference: CatalogDifference, sides: Sides): readonly Step[] | undefined {
  const { name, change } = difference
  const now = sides.now.get(objectKey('sequence', name))
  const before = sides.before.get(objectKey('sequence', name))
  if (before === undefined) return now === undefined || goesWithItsColumn(now, sides) ? [] : [drop(name)]
  if (before.definition['unlogged'] === true) return undefined
  if (change === 'changed' && !onlyChanges(difference, ['ownedBy', 'ownedAs'])) return undefined
  const isIdentity = text(before, 'ownedAs') === 'identity'
  if (change === 'changed' && (isIdentity || text(now, 'ownedAs') === 'identity')) return undefined
  return [
    ...(change === 'added' && !isIdentity ? [create(before)] : []),
    ...(isIdentity ? [] : [own(before)]),
    ...(change === 'added' ? advance(before) : []),
  ]
}

function goesWithItsColumn(sequence: CatalogObject, sides: Sides): boolean {
  const column = text(sequence, 'ownedBy')
  if (column === '') return false
  if (text(sequence, 'ownedAs') === 'identity') return true
  return isPartOf(sides.goingTables, column) || !sides.before.has(objectKey('column', column))
}

function drop(name: string): Step {
  return { phase: 'drop sequences', sql: `DROP SEQUENCE ${name}` }
}

function create(sequence: CatalogObject): Step {
  const sql = `CREATE SEQUENCE ${sequence.name} AS ${text(sequence, 'type')} ${sequenceOptions(sequence)}`
  return { phase: 'create sequences', sql }
}

function own(sequence: CatalogObject): Step {
  const column = text(sequence, 'ownedBy')
  return { phase: 'own sequences', sql: `ALTER SEQUENCE ${sequence.name} OWNED BY ${column === '' ? 'NONE' : column}` }
}

/** A sequence that comes back goes on after the highest number that stands in its column. */
export function advance(sequence: CatalogObject): readonly Step[] {
  const column = text(sequence, 'ownedBy')
  if (column === '' || text(sequence, 'increment').startsWith('-')) return []
  const highest = `SELECT max(${lastPart(column)}) FROM ${ownerOfName(column)}`
  const next = `coalesce((${highest}) + 1, ${text(sequence, 'start')})`
  return [{ phase: 'set sequences', sql: `SELECT setval(${quoteLiteral(sequence.name)}, ${next}, false)` }]
}
