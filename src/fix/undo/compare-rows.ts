import type { Connection } from '../../postgres/connect.ts'
import { describeKey, keyMatchSql, qualifiedName, recordSql } from '../rows/table-shape.ts'
import { imagesSql, type UndoTable } from './undo-table.ts'

/** A row that is not what the run had made of it. */
export interface ChangedRow {
  /** Of its image. */
  readonly number: string
  /** `orders id=5`. */
  readonly name: string
  /** It is what it was before the run: there is nothing left to restore. */
  readonly isRestored: boolean
}

/** Locks the rows that a run has changed, so that nobody else changes them until they are restored. */
export async function lockRows(work: Connection, tables: readonly UndoTable[]): Promise<void> {
  for (const table of tables) {
    await work.query(
      `SELECT count(*) FROM (SELECT 1 FROM ${imagesSql(table)} JOIN ONLY ${qualifiedName(table.shape)} AS t
        ON ${keyMatchSql(table.shape, 't', 'i.key')} ORDER BY i.key FOR UPDATE OF t) AS locked`,
    )
  }
}

/** Of the rows of a table, those that somebody else has changed since the run. To be called when they are locked. */
export async function findChanged(work: Connection, table: UndoTable): Promise<readonly ChangedRow[]> {
  const { shape } = table
  const now = `CASE WHEN t.tableoid IS NULL THEN NULL ELSE ${recordSql(shape, 't')} END`
  const { rows } = await work.query<{ number: string; key: readonly string[]; isRestored: boolean }>(
    `SELECT i.number, i.key, ${now} IS NOT DISTINCT FROM i.before AS "isRestored" FROM ${imagesSql(table)}
      LEFT JOIN ONLY ${qualifiedName(shape)} AS t ON ${keyMatchSql(shape, 't', 'i.key')}
      WHERE ${now} IS DISTINCT FROM i.after ORDER BY i.number`,
  )
  return rows.map(({ number, key, isRestored }) => ({ number, isRestored, name: describeKey(shape, key) }))
}
