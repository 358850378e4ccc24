import type { Catalog, CatalogObject, CatalogValue } from '../../../postgres/catalog/catalog.ts'
import type { CatalogDifference } from '../../../postgres/catalog/compare-catalogs.ts'
import { ownerOfName } from '../../../postgres/catalog/names.ts'

/** The catalog to leave and the one to reach, with what leads from the one to the other. */
export interface Sides {
  readonly now: ReadonlyMap<string, CatalogObject>
  readonly before: ReadonlyMap<string, CatalogObject>
  readonly differences: readonly CatalogDifference[]
  /** Tables that the way back drops or makes: what they consist of comes and goes with them. */
  readonly goingTables: ReadonlySet<string>
  readonly comingTables: ReadonlySet<string>
  /** Columns that are dropped and added although both sides have them. */
  readonly madeAnew: ReadonlySet<string>
  /** Columns, as the catalog names them, whose values come from an archive. */
  readonly archived: ReadonlySet<string>
}

/** Looks up objects on both sides of a difference. */
export function createSides(
  now: Catalog,
  before: Catalog,
  differences: readonly CatalogDifference[],
  madeAnew: ReadonlySet<string> = new Set(),
  archived: ReadonlySet<string> = new Set(),
): Sides {
  const tables = (change: CatalogDifference['change']): ReadonlySet<string> =>
    new Set(differences.filter((d) => d.kind === 'table' && d.change === change).map((d) => d.name))
  return {
    now: byKey(now),
    before: byKey(before),
    differences,
    goingTables: tables('removed'),
    comingTables: tables('added'),
    madeAnew,
    archived,
  }
}

/** An object of a catalog as the key of a map. */
export function objectKey(kind: string, name: string): string {
  return `${kind}\0${name}`
}

function byKey(catalog: Catalog): ReadonlyMap<string, CatalogObject> {
  return new Map(catalog.objects.map((object) => [objectKey(object.kind, object.name), object]))
}

/** A property as text; empty where the object does not have it. */
export function text(object: CatalogObject | undefined, property: string): string {
  const value = property in (object?.definition ?? {}) ? object?.definition[property] : undefined
  return typeof value === 'string' ? value : ''
}

/** A property that holds a list; empty where it holds anything else. */
export function list(value: CatalogValue | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : []
}

/** True where the part (column, constraint, trigger, …) belongs to a table that goes or comes as a whole. */
export function isPartOf(tables: ReadonlySet<string>, name: string): boolean {
  return tables.has(ownerOfName(name))
}

/** True where the only properties that differ are among those named. */
export function onlyChanges(difference: CatalogDifference, properties: readonly string[]): boolean {
  return difference.properties.every(({ property }) => properties.includes(property))
}
