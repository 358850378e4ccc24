import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import { keyMatchSql, qualifiedName, type ShapeColumn } from '../rows/table-shape.ts'
import { columnsOf, imagesSql, type UndoTable } from './undo-table.ts'

/** How rows are written. */
export interface RestoreOptions {
  /** No trigger and no foreign key acts: rows may come and go in any order. */
  readonly silent: boolean
  /** Rows that somebody has changed since, by their numbers, by the places of their tables: they are replaced. */
  readonly changed: ReadonlyMap<number, readonly string[]>
}

/**
 * Writes the rows of a run as they were before it, on the server, from what is kept there. Rows that keep what makes
 * them unique are updated. The others go and come again, all of them going first, so that two may swap a unique value.
 * Where triggers and foreign keys act, no row that stays may go, and rows come before those that point to them.
 * @param tables what others point to first
 */
export async function restoreRows(
  work: Connection,
  tables: readonly UndoTable[],
  options: RestoreOptions,
): Promise<void> {
  const statements = options.silent ? silently(tables, options) : loudly(tables, options)
  for (const { text, changed } of statements) await work.query(text, [changed])
}

interface Restoring {
  readonly text: string
  readonly changed: readonly string[]
}

function silently(tables: readonly UndoTable[], options: RestoreOptions): readonly Restoring[] {
  const each = (make: (table: UndoTable, isReplaced: string) => string): readonly Restoring[] =>
    tables.map((table) => ({
      text: make(table, replaced(table)),
      changed: options.changed.get(table.place) ?? [],
    }))
  return [
    ...each((table, isReplaced) => deleteSql(table, `i.before IS NULL OR ${isReplaced}`)),
    ...each((table, isReplaced) => updateSql(table, `i.before IS NOT NULL AND i.after IS NOT NULL AND NOT ${isReplaced}`)),
    ...each((table, isReplaced) => insertSql(table, `i.before IS NOT NULL AND (i.after IS NULL OR ${isReplaced})`)),
  ]
}

function loudly(tables: readonly UndoTable[], options: RestoreOptions): readonly Restoring[] {
  const each = (some: readonly UndoTable[], make: (table: UndoTable) => string): readonly Restoring[] =>
    some.map((table) => ({ text: make(table), changed: options.changed.get(table.place) ?? [] }))
  const isThere = (table: UndoTable): string =>
    `EXISTS (SELECT FROM ONLY ${qualifiedName(table.shape)} AS t WHERE ${keyMatchSql(table.shape, 't', 'i.key')})`
  return [
    ...each(tables, (table) => insertSql(table, `i.before IS NOT NULL AND NOT ${isThere(table)}`)),
    ...each(tables, (table) => updateSql(table, 'i.before IS NOT NULL')),
    ...each(tables.toReversed(), (table) => deleteSql(table, 'i.before IS NULL')),
  ]
}

/** Rows that an UPDATE cannot give back, or not in any order: `$1` holds the numbers of those that others changed. */
function replaced({ shape }: UndoTable): string {
  const columns = shape.columns.filter(({ isUnique, isFixed }) => isUnique || isFixed).map(({ name }) => name)
  return `(i.number = ANY ($1::bigint[])
    OR ROW(${columnsOf('i.old', columns)})::text IS DISTINCT FROM ROW(${columnsOf('i.new', columns)})::text)`
}

function deleteSql(table: UndoTable, condition: string): string {
  const { shape } = table
  return `DELETE FROM ONLY ${qualifiedName(shape)} AS t USING ${imagesSql(table)}
    WHERE ${keyMatchSql(shape, 't', 'i.key')} AND ${unused} AND (${condition})`
}

function insertSql(table: UndoTable, condition: string): string {
  const columns = table.shape.columns.filter(isWritten).map(({ name }) => name)
  return `INSERT INTO ${qualifiedName(table.shape)} (${columns.map(quoteIdentifier).join(', ')})
    OVERRIDING SYSTEM VALUE
    SELECT ${columnsOf('i.old', columns)} FROM ${imagesSql(table)} WHERE ${unused} AND ${condition} ORDER BY i.number`
}

function updateSql(table: UndoTable, condition: string): string {
  const { shape } = table
  const isSet = (column: ShapeColumn): boolean =>
    // A key may differ and be the same all the same, as of `citext`.
    isWritten(column) && !column.isFixed
  const columns = shape.columns.filter(isSet).map(({ name }) => name)
  if (columns.length === 0) return `SELECT WHERE ${unused}`
  const sets = columns.map((name) => `${quoteIdentifier(name)} = ${columnsOf('i.old', [name])}`)
  return `UPDATE ONLY ${qualifiedName(shape)} AS t SET ${sets.join(', ')} FROM ${imagesSql(table)}
    WHERE ${keyMatchSql(shape, 't', 'i.key')} AND ${unused} AND ${condition}`
}

/** Gives the parameter its type where a statement has no use for it. */
const unused = '$1::bigint[] IS NOT NULL'

function isWritten({ isGenerated }: ShapeColumn): boolean {
  return !isGenerated
}
