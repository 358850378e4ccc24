/**
 * One question to PostgreSQL's catalog. Each is a file of its own in `questions/`.
 * The query gives one row per object: `name` is its schema-qualified name, every other
 * column becomes a property of the object's definition. It runs with
 * `search_path = pg_catalog`, so that every definition that PostgreSQL writes is qualified.
 */
export interface CatalogQuestion {
  /** The kind of the objects in the answer; a column `kind` of the answer overrides it, `position` is kept apart. */
  readonly kind: string
  readonly sql: string
}
