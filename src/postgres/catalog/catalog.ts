/** One thing that a catalog knows about an object. */
export type CatalogValue = string | number | boolean | null | readonly string[]

/**
 * One object of a database, told by its names alone: no OID, no position.
 * `kind` and `name` together are unique in a catalog.
 */
export interface CatalogObject {
  /** `table`, `column`, `index`, … : see the files in `questions/`. */
  readonly kind: string
  /** Schema-qualified, each part quoted where SQL needs it: `public."User"."fullName"`. */
  readonly name: string
  /** Of a column, where it stands in its table. No part of the comparison or of the fingerprint. */
  readonly position?: number
  readonly definition: Readonly<Record<string, CatalogValue>>
}

/** Everything PostgreSQL knows of a database's structure, sorted by kind and name. */
export interface Catalog {
  readonly objects: readonly CatalogObject[]
}
