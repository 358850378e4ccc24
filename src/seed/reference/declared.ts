import type { FailurePlace } from '../../errors/failure.ts'
import { csvColumn } from './csv-column.ts'

/** What becomes of rows that Tide has written and that are no longer declared. */
export type RemovedPolicy = 'keep' | 'report' | 'delete'

/** One file of reference data, read and not yet understood. */
export interface DeclaredFile {
  /** Relative to the project's folder. */
  readonly path: string
  /** Its text, to find a place in it; undefined for a module, which is run. */
  readonly text: string | undefined
  readonly format: 'csv' | 'json' | 'ts'
  readonly model: string
  /** The fields of the natural key, where the file states them. */
  readonly key: readonly string[] | undefined
  readonly removed: RemovedPolicy | undefined
  readonly rows: readonly DeclaredRow[]
}

/** One row: values in the order of the names, which rows of one shape share. */
export interface DeclaredRow {
  readonly names: readonly string[]
  readonly values: readonly DeclaredValue[]
  /** From 1; the number in the list for a module. */
  readonly line: number
}

/** A plain text is PostgreSQL's own text form, as CSV has it; null is NULL. */
export type DeclaredValue = string | null | TypedValue

/** A value of JSON or of a module: its text form, its JSON form, and what it holds. */
export interface TypedValue {
  readonly kind: 'text' | 'list' | 'object'
  /** PostgreSQL's text form of a plain value; empty for a list or an object. */
  readonly text: string
  readonly json: string
  readonly items: readonly DeclaredValue[]
  readonly members: ReadonlyMap<string, DeclaredValue>
  readonly line: number | undefined
  readonly column: number | undefined
}

/** Where a row stands, or one value of it. */
export function placeOf(file: DeclaredFile, row: DeclaredRow, name?: string): FailurePlace {
  if (file.format === 'ts') return { file: file.path }
  const index = name === undefined ? -1 : row.names.indexOf(name)
  const value = row.values[index]
  if (typeof value === 'object' && value?.line !== undefined) {
    return { file: file.path, line: value.line, ...(value.column === undefined ? {} : { column: value.column }) }
  }
  const column = file.format === 'csv' && index >= 0 ? csvColumn(file.text ?? '', row.line, index) : undefined
  return { file: file.path, line: row.line, ...(column === undefined ? {} : { column }) }
}
