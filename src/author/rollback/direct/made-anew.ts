import type { Catalog, CatalogObject } from '../../../postgres/catalog/catalog.ts'
import type { CatalogDifference } from '../../../postgres/catalog/compare-catalogs.ts'
import { lastPart, ownerOfName, splitName } from '../../../postgres/catalog/names.ts'
import { castKey, type Casts } from '../casts.ts'
import { text } from './sides.ts'

/**
 * Replaced columns whose values PostgreSQL would not turn into the old type by itself. They have nothing to do with the
 * old ones, so they are dropped, and the old ones are added: that runs whatever the rows hold.
 */
export function columnsMadeAnew(
  differences: readonly CatalogDifference[],
  replaced: ReadonlySet<string>,
  casts: Casts,
): ReadonlySet<string> {
  return new Set(
    differences
      .filter(({ kind, name }) => kind === 'column' && replaced.has(splitName(name).join('.')))
      .filter(({ properties }) =>
        properties.some(
          ({ property, before, after }) => property === 'type' && !casts.assignable.has(castKey(String(before), String(after))),
        ),
      )
      .map(({ name }) => name),
  )
}

/** Constraints and indexes that are the same on both sides but fall with a column that is made anew. */
export function standingOn(
  columns: ReadonlySet<string>,
  now: Catalog,
  before: Catalog,
  differences: readonly CatalogDifference[],
): readonly CatalogDifference[] {
  if (columns.size === 0) return []
  const changed = new Set(differences.map(({ kind, name }) => `${kind}\0${name}`))
  const there = new Set(before.objects.map(({ kind, name }) => `${kind}\0${name}`))
  return now.objects
    .filter(({ kind, name }) => there.has(`${kind}\0${name}`) && !changed.has(`${kind}\0${name}`))
    .filter((object) => [...columns].some((column) => mentions(object, column)))
    .map(({ kind, name }) => ({ kind, name, change: 'changed', properties: [] }))
}

/** Errs on the side of naming the column: what is made anew without need is the same afterwards. */
function mentions(object: CatalogObject, column: string): boolean {
  const table = ownerOfName(column)
  const name = lastPart(column)
  const isNamed = text(object, 'definition').includes(name)
  if (object.kind === 'index') return isNamed && text(object, 'table') === table
  if (object.kind !== 'constraint') return false
  return isNamed && (ownerOfName(object.name) === table || text(object, 'references') === table)
}
