import type { Catalog, CatalogObject, CatalogValue } from './catalog.ts'

/** One property that is not the same on both sides; `null` where a side does not have it. */
export interface PropertyDifference {
  readonly property: string
  readonly before: CatalogValue
  readonly after: CatalogValue
}

/** One object that is not the same in two catalogs. */
export interface CatalogDifference {
  readonly kind: string
  readonly name: string
  readonly change: 'added' | 'removed' | 'changed'
  /** Empty unless `change` is `changed`. */
  readonly properties: readonly PropertyDifference[]
}

/** What leads from one catalog to another, object by object, in the order of kinds and names. Empty: they are equal. */
export function compareCatalogs(before: Catalog, after: Catalog): readonly CatalogDifference[] {
  // Two catalogs of thousands of objects mostly hold the same ones, in the same order.
  if (holdSameObjects(before, after)) {
    return after.objects.flatMap((object, place) => changed(before.objects[place] ?? object, object))
  }
  const old = byIdentity(before)
  const now = byIdentity(after)
  const removed = before.objects.filter((object) => !now.has(identity(object))).map((o) => plain(o, 'removed'))
  const rest = after.objects.flatMap((object) => {
    const previous = old.get(identity(object))
    return previous === undefined ? [plain(object, 'added')] : changed(previous, object)
  })
  return [...removed, ...rest].sort((a, b) => (identity(a) < identity(b) ? -1 : 1))
}

function holdSameObjects(before: Catalog, after: Catalog): boolean {
  return (
    before.objects.length === after.objects.length &&
    before.objects.every(({ kind, name }, place) => {
      const other = after.objects[place]
      return other?.name === name && other.kind === kind
    })
  )
}

function changed(before: CatalogObject, after: CatalogObject): readonly CatalogDifference[] {
  if (before === after) return []
  const properties = compareDefinitions(before, after)
  return properties.length === 0 ? [] : [{ ...plain(after, 'changed'), properties }]
}

function byIdentity(catalog: Catalog): ReadonlyMap<string, CatalogObject> {
  return new Map(catalog.objects.map((object) => [identity(object), object]))
}

/** NUL stands in no name, so no two objects share an identity. */
function identity(object: { readonly kind: string; readonly name: string }): string {
  return `${object.kind}\0${object.name}`
}

function plain(object: CatalogObject, change: CatalogDifference['change']): CatalogDifference {
  return { kind: object.kind, name: object.name, change, properties: [] }
}

function compareDefinitions(before: CatalogObject, after: CatalogObject): readonly PropertyDifference[] {
  const old = before.definition
  const now = after.definition
  if (hasAll(old, now) && hasAll(now, old)) return []
  const properties = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()
  return properties.flatMap((property) => {
    const difference = { property, before: old[property] ?? null, after: now[property] ?? null }
    return isSame(difference.before, difference.after) ? [] : [difference]
  })
}

/** Most objects are the same: for those no list is made. */
function hasAll(one: CatalogObject['definition'], other: CatalogObject['definition']): boolean {
  for (const property in one) if (!isSame(one[property] ?? null, other[property] ?? null)) return false
  return true
}

function isSame(one: CatalogValue, other: CatalogValue): boolean {
  if (one === other) return true
  if (!Array.isArray(one) || !Array.isArray(other)) return false
  return one.length === other.length && one.every((item, place) => item === other[place])
}
