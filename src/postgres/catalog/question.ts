/**
 * One question to PostgreSQL's catalog. Each is a file of its own in `questions/`.
 * The query gives one row per object: `name` is its schema-qualified name, every other
 * column becomes a property of the object's definition. It runs with
 * `search_path = pg_catalog`, so that every definition that PostgreSQL writes is qualified.
 * `relation` stands for the relations that count: `userRelations`.
 */
export interface CatalogQuestion {
  /** The kind of the objects in the answer; a column `kind` of the answer overrides it, `position` is kept apart. */
  readonly kind: string
  /**
   * What follows FROM in `EXISTS (SELECT FROM …)`: where it finds nothing, the answer is known to be empty, and
   * PostgreSQL need not plan the query, which is most of its work where there are no such objects. It may find too
   * much, never too little. Without a source the query is always asked.
   */
  readonly source?: string
  readonly sql: string
}
