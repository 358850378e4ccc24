import type { Catalog, CatalogObject } from '../../../postgres/catalog/catalog.ts'
import type { CatalogDifference } from '../../../postgres/catalog/compare-catalogs.ts'
import { lastPart, ownerOfName, sayName } from '../../../postgres/catalog/names.ts'
import { castKey, type Casts, retypedColumns } from '../casts.ts'
import { text } from './sides.ts'

/**
 * Columns whose values cannot become the old type again: replaced ones, which have nothing to do with the old, where
 * PostgreSQL does not convert by itself, and any where it has no conversion at all. They are dropped, and the old ones
 * are added: that runs whatever the rows hold.
 */
export function columnsMadeAnew(
  differences: readonly CatalogDifference[],
  replaced: ReadonlySet<string>,
  casts: Casts,
): ReadonlySet<string> {
  const isMadeAnew = ({ name, properties }: CatalogDifference): boolean =>
    properties.some(({ property, before, after }) => {
      if (property !== 'type') return false
      const key = castKey(String(before), String(after))
      if (casts.bytes.has(sayName(name))) return false
      return casts.impossible.has(key) || (replaced.has(sayName(name)) && !casts.assignable.has(key))
    })
  return new Set(differences.filter((one) => one.kind === 'column' && isMadeAnew(one)).map(({ name }) => name))
}

/**
 * Foreign keys of columns that get another type: while one side has its old type and the other its new, PostgreSQL
 * refuses the key, so it goes before and comes back after. Sizes and kinds of integers go together.
 */
export function keysOnRetyped(
  now: Catalog,
  before: Catalog,
  differences: readonly CatalogDifference[],
): readonly CatalogDifference[] {
  const retyped = retypedColumns(now, before).filter(({ from, to }) => familyOf(from) !== familyOf(to))
  const standing = standingOn(new Set(retyped.map(({ name }) => name)), now, before, differences)
  const keys = new Set(
    now.objects.filter((object) => text(object, 'definition').startsWith('FOREIGN KEY')).map(({ name }) => name),
  )
  return standing.filter(({ kind, name }) => kind === 'constraint' && keys.has(name))
}

function familyOf(type: string): string {
  const base = type.replace(/\([\d,-]+\)/, '')
  return /^(smallint|integer|bigint)$/.test(base) ? 'integer' : base
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
