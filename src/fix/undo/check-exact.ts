import type { Connection } from '../../postgres/connect.ts'
import { undoInexact } from '../errors.ts'
import { imagesTable } from '../journal/fix-tables.ts'
import type { RunTable } from '../journal/runs.ts'
import { describeKey, keyEqualSql, shownName } from '../rows/table-shape.ts'
import type { UndoTable } from './undo-table.ts'

/** What an undo was told not to look at: rows that had changed, and whether they may become what they were. */
export interface Exceptions {
  /** Numbers of images, by the places of their tables: the rows were what they should become. */
  readonly restored: ReadonlyMap<number, readonly string[]>
  /** Numbers of images, by the places of their tables: the rows were something else than the run had left. */
  readonly overwritten: ReadonlyMap<number, readonly string[]>
}

/**
 * The proof of an undo, from what it did itself: each row of the run is what it was before, and no other was touched.
 * @param done the tables that the undo has touched
 * @throws FIX_UNDO_INEXACT naming the rows
 */
export async function checkExact(
  work: Connection,
  tables: readonly UndoTable[],
  done: readonly RunTable[],
  run: string,
  exceptions: Exceptions,
): Promise<void> {
  const wrong: string[] = []
  const named = (table: Pick<RunTable, 'schema' | 'name' | 'key'>, keys: readonly (readonly string[])[]): void => {
    wrong.push(...keys.map((key) => describeKey(table, key)))
  }
  for (const [place, table] of done.entries()) {
    const own = tables.find(({ shape }) => shownName(shape) === shownName(table))
    const keys = own === undefined ? allKeys(work, run, place) : differing(work, own, run, place, exceptions)
    named(table, await keys)
  }
  for (const own of tables) {
    if (done.some((table) => shownName(table) === shownName(own.shape))) continue
    const untouched = await differing(work, own, run, -1, exceptions)
    named(own.shape, untouched)
  }
  if (wrong.length > 0) throw undoInexact(wrong)
}

async function allKeys(work: Connection, run: string, place: number): Promise<readonly (readonly string[])[]> {
  const { rows } = await work.query<{ key: readonly string[] }>(
    `SELECT key FROM ${imagesTable} WHERE run = $1 AND place = $2 ORDER BY number`,
    [run, place],
  )
  return rows.map(({ key }) => key)
}

/** Both runs' images side by side: what the one took away the other brought back. */
async function differing(
  work: Connection,
  own: UndoTable,
  run: string,
  place: number,
  { restored, overwritten }: Exceptions,
): Promise<readonly (readonly string[])[]> {
  const { rows } = await work.query<{ key: readonly string[] }>(
    `SELECT coalesce(o.key, n.key) AS key
      FROM (SELECT * FROM ${imagesTable} WHERE run = $1 AND place = $2) AS o
      FULL JOIN (SELECT * FROM ${imagesTable} WHERE run = $3 AND place = $4) AS n ON ${keyEqualSql(own.shape, 'n.key', 'o.key')}
      WHERE CASE WHEN n.key IS NULL THEN o.number <> ALL ($5::bigint[])
        ELSE o.key IS NULL OR n.after IS DISTINCT FROM o.before
          OR n.before IS DISTINCT FROM o.after AND o.number <> ALL ($6::bigint[]) END
      ORDER BY o.number`,
    [own.run, own.place, run, place, restored.get(own.place) ?? [], overwritten.get(own.place) ?? []],
  )
  return rows.map(({ key }) => key)
}
