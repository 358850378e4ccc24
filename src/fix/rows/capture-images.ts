import { rowSettings } from '../../postgres/row-settings.ts'
import type { Connection } from '../../postgres/connect.ts'
import type { FixSessions } from '../sessions.ts'
import type { TableChange } from './changed-tables.ts'
import { isOwnRow, type OwnNumbers, readOwnNumbers } from './own-rows.ts'
import { decodeRecord } from './record-text.ts'
import type { ImageSink, RowImage } from './row-image.ts'
import { keyCells, keyJoinSql, keyValuesSql, qualifiedName, recordSql, type TouchedTable } from './table-shape.ts'

/**
 * Gives each row that the working transaction has changed to the sink, as it was and as it is: whoever changed it there,
 * the script, a trigger or a cascade. Rows that were written and are what they were are left out.
 * To be called when nothing in the transaction writes any more; `whileWatching`.
 */
export async function captureImages(
  sessions: FixSessions,
  tables: readonly (TableChange & { readonly table: TouchedTable })[],
  sink: ImageSink,
): Promise<void> {
  if (tables.length === 0) return
  await sessions.work.query(rowSettings)
  const numbers = await readOwnNumbers(sessions.work, sessions.watch)
  for (const change of tables) {
    const unmatched = await captureWritten(sessions, change.table, numbers, sink)
    // A row whose key was changed looks like one that came and one that went.
    const hasGone = change.deletes > 0 || (change.updates > 0 && unmatched > 0)
    if (hasGone) await captureGone(sessions, change.table, sink)
  }
}

const chunkRows = 1000

/** Rows that the transaction wrote, beside what the others see under the same key. Gives how many they do not see. */
async function captureWritten(
  { work, watch }: FixSessions,
  table: TouchedTable,
  numbers: OwnNumbers,
  sink: ImageSink,
): Promise<number> {
  let unmatched = 0
  const query = `SELECT ${recordSql(table, 't')} AS record FROM ONLY ${qualifiedName(table)} AS t WHERE ${isOwnRow('t', numbers)}`
  await inChunks<{ record: string }>(work, 'tide_written', query, async (rows) => {
    const records = rows.map(({ record }) => record)
    const before = await recordsByKey(watch, table, records)
    const images = records.map((after, place): RowImage => ({ before: before.get(place)?.record ?? null, after }))
    unmatched += images.filter((image) => image.before === null).length
    await pass(sink, table, images.filter((image) => image.before !== image.after))
  })
  return unmatched
}

/**
 * Rows that others see and the transaction does not. One that it deleted carries a mark that others may have left as
 * well: each is looked for under its key, and again from outside, since another session may have deleted it meanwhile.
 */
async function captureGone({ work, watch }: FixSessions, table: TouchedTable, sink: ImageSink): Promise<void> {
  const query = `SELECT t.ctid::text || t.xmin::text AS version, ${recordSql(table, 't')} AS record
    FROM ONLY ${qualifiedName(table)} AS t WHERE t.xmax <> '0'::xid`
  await inChunks<{ version: string; record: string }>(watch, 'tide_marked', query, async (rows) => {
    const here = await recordsByKey(work, table, rows.map(({ record }) => record))
    const gone = rows.filter((_, place) => !here.has(place))
    const still = await recordsByKey(watch, table, gone.map(({ record }) => record))
    const images = gone.filter(({ version }, place) => still.get(place)?.version === version)
    await pass(sink, table, images.map(({ record }): RowImage => ({ before: record, after: null })))
  })
}

async function pass(sink: ImageSink, table: TouchedTable, images: readonly RowImage[]): Promise<void> {
  if (images.length > 0) await sink(table, images)
}

/** What a session sees under the keys of some records, by their places. */
async function recordsByKey(
  connection: Connection,
  table: TouchedTable,
  records: readonly string[],
): Promise<ReadonlyMap<number, { readonly record: string; readonly version: string }>> {
  if (records.length === 0) return new Map()
  const keys = records.map((record) => keyCells(table, decodeRecord(record)))
  const { rows } = await connection.query<{ place: number; record: string; version: string }>(
    `SELECT k.tide_place AS place, t.ctid::text || t.xmin::text AS version, ${recordSql(table, 't')} AS record
       FROM ${keyValuesSql(table, keys)} JOIN ONLY ${qualifiedName(table)} AS t ON ${keyJoinSql(table, 't')}`,
  )
  return new Map(rows.map((row) => [row.place, row]))
}

/** A cursor, so that memory does not grow with the rows. */
async function inChunks<Row extends object>(
  connection: Connection,
  cursor: string,
  query: string,
  use: (rows: readonly Row[]) => Promise<void>,
): Promise<void> {
  await connection.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${query}`)
  for (;;) {
    const { rows } = await connection.query<Row>(`FETCH ${chunkRows} FROM ${cursor}`)
    if (rows.length > 0) await use(rows)
    if (rows.length < chunkRows) break
  }
  await connection.query(`CLOSE ${cursor}`)
}
