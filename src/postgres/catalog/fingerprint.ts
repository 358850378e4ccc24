import { createHash } from 'node:crypto'
import type { Catalog, CatalogObject } from './catalog.ts'

/**
 * The SHA-256 (hex) of a catalog: equal for two databases whose structure is equal.
 * Comparable on servers of one major version: each version writes definitions in its own words.
 */
export function fingerprintCatalog(catalog: Catalog): string {
  const hash = createHash('sha256')
  for (const object of catalog.objects) hash.update(`${canonicalObject(object)}\n`)
  return hash.digest('hex')
}

/** An object as JSON with its properties in order of their names. */
function canonicalObject(object: CatalogObject): string {
  const properties = Object.keys(object.definition)
    .sort()
    .map((property) => [property, object.definition[property] ?? null])
  return JSON.stringify([object.kind, object.name, properties])
}
