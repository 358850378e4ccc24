import type { Catalog, CatalogObject } from './catalog.ts'

/** Kinds that stand in lists of the whole server: a copy of a database has none of them. */
const notCopied: ReadonlySet<string> = new Set([
  'database setting',
  'database grant',
  'database comment',
  'subscription',
])

/** Kinds that whoever runs a server decides, and that another server has otherwise. */
const serversOwn: ReadonlySet<string> = new Set([
  'database setting',
  'database grant',
  'database comment',
  'system grant',
  'system comment',
  'user mapping',
])

/** What a copy of the database would have. */
export function asCopied({ objects }: Catalog): Catalog {
  return { objects: objects.filter(({ kind }) => !notCopied.has(kind)) }
}

/** What can be compared with another server's database: without settings, privileges and secrets of its operators. */
export function withoutServersOwn({ objects }: Catalog): Catalog {
  return { objects: objects.filter(({ kind }) => !serversOwn.has(kind)).map(withoutVersion) }
}

/** An extension brings the comment of its version along, and another server may only have another one. */
function withoutVersion(object: CatalogObject): CatalogObject {
  return object.kind === 'extension' ? { ...object, definition: { ...object.definition, comment: null } } : object
}
