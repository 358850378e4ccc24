import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import { imagesMissing, tableChanged } from '../errors.ts'
import { imagesTable } from '../journal/fix-tables.ts'
import type { FixRunRecord, RunTable } from '../journal/runs.ts'
import type { NearPlace } from '../rows/capture-images.ts'
import { keyMatchSql, qualifiedName, readNamedShapes, shownName, type TouchedTable } from '../rows/table-shape.ts'

/** A table of a run, as it is now. */
export interface UndoTable {
  readonly shape: TouchedTable
  /** Its place among the tables of the run. */
  readonly place: number
  readonly run: string
}

/**
 * The tables of some runs, which must be what they were: the kept rows are read by their row type.
 * @throws FIX_TABLE_CHANGED
 */
export async function readUndoTables(
  connection: Connection,
  runs: readonly FixRunRecord[],
): Promise<readonly UndoTable[]> {
  const named = new Map(runs.flatMap(({ tables }) => tables).map((table) => [qualifiedName(table), table]))
  const shapes = await readNamedShapes(connection, [...named.values()])
  return runs.flatMap(({ id, tables }) =>
    tables.map((kept, place) => {
      const shape = shapes.find(({ schema, name }) => schema === kept.schema && name === kept.name)
      if (shape === undefined) throw tableChanged(shownName(kept), 'It is gone.')
      const reason = difference(kept, shape)
      if (reason !== undefined) throw tableChanged(shownName(kept), reason)
      return { shape, place, run: id }
    }),
  )
}

function difference(kept: RunTable, now: TouchedTable): string | undefined {
  if (kept.key.join() !== now.key.join()) {
    return `Its primary key was (${kept.key.join(', ')}) and is (${now.key.join(', ')}).`
  }
  const then = kept.columns.map(describe)
  const since = now.columns.map(describe)
  const gone = then.filter((column) => !since.includes(column))
  const added = since.filter((column) => !then.includes(column))
  if (gone.length + added.length === 0 && then.join() !== since.join()) return 'Its columns are in another order.'
  const told = [...gone.map((column) => `${column} is gone`), ...added.map((column) => `${column} is new`)]
  return told.length === 0 ? undefined : `${told.join(', ')}.`
}

function describe({ name, type }: RunTable['columns'][number]): string {
  return `${name} ${type}`
}

/** @throws FIX_IMAGES_MISSING where fewer rows are kept than the runs have touched */
export async function requireImages(connection: Connection, runs: readonly FixRunRecord[]): Promise<void> {
  const { rows } = await connection.query<{ run: string; count: number }>(
    `SELECT run::text AS run, count(*)::float8 AS count FROM ${imagesTable} WHERE run = ANY ($1::bigint[]) GROUP BY run`,
    [runs.map(({ id }) => id)],
  )
  const there = new Map(rows.map(({ run, count }) => [run, count]))
  for (const { id, tables } of runs) {
    const kept = tables.reduce((sum, { inserted, updated, deleted }) => sum + inserted + updated + deleted, 0)
    if ((there.get(id) ?? 0) !== kept) throw imagesMissing(id, there.get(id) ?? 0, kept)
  }
}

/**
 * SQL for the images of a table under the alias `i`: `number`, `key`, and the rows `before` and `after` in the table's
 * own row type, null where there was none.
 */
export function imagesSql({ shape, place, run }: UndoTable): string {
  const type = qualifiedName(shape)
  // The fence keeps each text from being read once for every column that is taken from it.
  return `(SELECT number, key, before, after, before::${type} AS old, after::${type} AS new FROM ${imagesTable}
    WHERE run = ${run} AND place = ${place} OFFSET 0) AS i`
}

/** The rows of a table under the keys of a run, which has them locked, so that nobody else can put rows there. */
export function placeOfImages({ id, tables }: FixRunRecord, table: TouchedTable): NearPlace | undefined {
  const place = tables.findIndex(({ schema, name }) => schema === table.schema && name === table.name)
  if (place === -1) return undefined
  // Without the fence of `imagesSql`: only keys are asked for, and no row is read from its text.
  const rows = `SELECT o.ctid FROM ${imagesTable} AS i JOIN ONLY ${qualifiedName(table)} AS o
    ON ${keyMatchSql(table, 'o', 'i.key')} WHERE i.run = ${id} AND i.place = ${place}`
  return { condition: `t.ctid = ANY (ARRAY(${rows}))`, isLocked: true }
}

/** SQL for some columns of one of the rows of an image. */
export function columnsOf(row: 'i.old' | 'i.new', columns: readonly string[]): string {
  return columns.map((column) => `(${row}).${quoteIdentifier(column)}`).join(', ')
}
