import { spokenName } from '../../postgres/catalog/names.ts'

/** A table as it is called where the migration begins, unquoted. */
export interface SourceTable {
  readonly schema: string
  readonly name: string
}

/**
 * What a migration keeps of one table for its rollback, in one table of the schema `tide_archive`.
 * `rows`: every row of a table that goes. `columns`: the values of columns that go, with the key of their row.
 * `values`: those of one column that stays and gets other values, with what the migration made of each.
 */
export interface Archive {
  readonly kind: 'rows' | 'columns' | 'values'
  /** Of the table in `tide_archive`. */
  readonly name: string
  readonly source: SourceTable
  /** Columns that tell the row again; none for whole rows. */
  readonly key: readonly string[]
  /** What is kept: of `values` one column. */
  readonly columns: readonly string[]
  /** Of `values`: the archive's column for what the migration made of the value, and its type. */
  readonly became?: { readonly column: string; readonly type: string }
}

/** `schema.table` or `schema.table (column, column)`, for people. */
export function describeArchive({ kind, source, columns }: Pick<Archive, 'kind' | 'source' | 'columns'>): string {
  const table = spokenName([source.schema, source.name])
  return kind === 'rows' ? table : `${table} (${columns.map((column) => spokenName([column])).join(', ')})`
}
