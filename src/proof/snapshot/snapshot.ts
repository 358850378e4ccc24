import type { Catalog } from '../../postgres/catalog/catalog.ts'

/** Everything that a client can see in a database at one moment: its structure, and every row. */
export interface Snapshot {
  readonly catalog: Catalog
  /** In the order of their names. */
  readonly tables: readonly TableContent[]
  readonly numbers: readonly NumberedColumn[]
}

/** A column that a sequence numbers, and the number that it gives next. */
export interface NumberedColumn {
  /** As the catalog writes it. */
  readonly column: string
  /** Whole numbers, as text. */
  readonly next: string
  readonly increment: string
}

/** The rows of a table, or of a materialized view. */
export interface TableContent {
  /** As the catalog writes it: `public."User"`. */
  readonly name: string
  /** Names of the columns, unquoted, by code unit: where they stand in the table is no part of its content. */
  readonly columns: readonly string[]
  /** Those of them that make the primary key; empty where it has none. */
  readonly key: readonly string[]
  readonly rows: readonly SnapshotRow[]
}

/** The cells of a row as PostgreSQL writes them, in the order of `columns`; a long one as its hash. */
export type SnapshotRow = readonly (string | null)[]
