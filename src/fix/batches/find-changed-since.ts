import type { Connection } from '../../postgres/connect.ts'
import { inTransaction } from '../../postgres/in-transaction.ts'
import { imagesTable } from '../journal/fix-tables.ts'
import type { FixRunRecord } from '../journal/runs.ts'
import { describeKey, keyMatchSql, qualifiedName, recordSql, shownName } from '../rows/table-shape.ts'
import { rowTexts } from '../run/sessions.ts'
import { readUndoTables, requireImages, type UndoTable } from '../undo/undo-table.ts'

/**
 * The rows of some batches that are not what the last batch that touched them has made of them, by their keys.
 * @throws FIX_TABLE_CHANGED, FIX_IMAGES_MISSING
 */
export async function findChangedSince(
  connection: Connection,
  batches: readonly FixRunRecord[],
): Promise<readonly string[]> {
  return inTransaction(connection, async () => {
    await connection.query(rowTexts)
    const byTable = new Map<string, UndoTable[]>()
    await requireImages(connection, batches)
    for (const table of await readUndoTables(connection, batches)) {
      const same = byTable.get(shownName(table.shape))
      if (same === undefined) byTable.set(shownName(table.shape), [table])
      else same.push(table)
    }
    const found: string[] = []
    for (const tables of byTable.values()) found.push(...(await changedIn(connection, tables)))
    return found
  })
}

async function changedIn(connection: Connection, tables: readonly UndoTable[]): Promise<readonly string[]> {
  const [first] = tables
  if (first === undefined) return []
  const { shape } = first
  const now = `CASE WHEN t.tableoid IS NULL THEN NULL ELSE ${recordSql(shape, 't')} END`
  const { rows } = await connection.query<{ key: readonly string[] }>(
    `SELECT i.key FROM (SELECT DISTINCT ON (m.key) m.key, m.after FROM ${imagesTable} AS m
        JOIN unnest($1::bigint[], $2::integer[]) AS own (run, place) ON own.run = m.run AND own.place = m.place
        ORDER BY m.key, m.run DESC) AS i
      LEFT JOIN ONLY ${qualifiedName(shape)} AS t ON ${keyMatchSql(shape, 't', 'i.key')}
      WHERE ${now} IS DISTINCT FROM i.after ORDER BY i.key`,
    [tables.map(({ run }) => run), tables.map(({ place }) => place)],
  )
  return rows.map(({ key }) => describeKey(shape, key))
}
