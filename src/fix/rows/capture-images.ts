import type { Connection } from '../../postgres/connect.ts'
import type { FixSessions } from '../run/sessions.ts'
import type { TableChange } from './changed-tables.ts'
import { isOwnRow, type OwnNumbers, readOwnNumbers } from './own-rows.ts'
import type { ImageSink, RowImage } from './row-image.ts'
import { keyMatchSql, keySql, qualifiedName, recordSql, type TouchedTable } from './table-shape.ts'

/** Where a transaction has most of its rows in a table: an index leads there. Undefined where nothing is known. */
export type NearRows = (table: TouchedTable) => NearPlace | undefined

/** A part of a table. */
export interface NearPlace {
  /** On a row `t`. */
  readonly condition: string
  /** True where nobody else can change which rows these are: then rows that went are known by their number. */
  readonly isLocked: boolean
}

/**
 * Gives each row that the working transaction has changed to the sink, as it was and as it is: whoever changed it
 * there, the script, a trigger or a cascade. Rows that were written and are what they were are left out.
 *
 * What the watching session sees under the key of such a row is what the transaction found there: the row is locked
 * from its first change to the end, and what others had changed before was committed before.
 *
 * To be called when nothing in the transaction writes any more, with `rowTexts` in both sessions.
 */
export async function captureImages(
  sessions: FixSessions,
  tables: readonly (TableChange & { readonly table: TouchedTable })[],
  sink: ImageSink,
  near?: NearRows,
): Promise<void> {
  if (tables.length === 0) return
  const numbers = await readOwnNumbers(sessions.work, sessions.watch)
  for (const change of tables) {
    const place = await findPlace(sessions, change, numbers, near)
    const unmatched = await captureWritten(sessions, change.table, numbers, sink, place)
    // A row whose key was changed looks like one that came and one that went.
    const hasGone = change.deletes > 0 || (change.updates > 0 && unmatched > 0)
    if (hasGone) await captureGone(sessions, change.table, sink, place)
  }
}

/** Of a table's last pages, how many are looked through before the whole table is. */
const lastPages = [16, 512]

/**
 * A condition on `t` that holds for every row which was written in a table, so that the rest of it need not be looked
 * through: a place that is known, or the last pages, where the rows go that triggers add to a log. Undefined where
 * there is none.
 */
async function findPlace(
  sessions: FixSessions,
  change: TableChange & { readonly table: TouchedTable },
  numbers: OwnNumbers,
  near: NearRows | undefined,
): Promise<string | undefined> {
  const known = near?.(change.table)
  if (known !== undefined && (await areAllThere(sessions, change, numbers, known))) return known.condition
  const isLog = change.inserts > 0 && change.deletes === 0
  const pages = isLog ? await countPages(sessions.work, change.table) : 0
  for (const last of lastPages.filter((some) => some < pages)) {
    const condition = `t.ctid >= '(${String(pages - last)},0)'::tid`
    if (await areAllThere(sessions, change, numbers, { condition, isLocked: false })) return condition
  }
  return undefined
}

async function countPages(work: Connection, table: TouchedTable): Promise<number> {
  const { rows } = await work.query<{ pages: number }>(
    `SELECT ceil(pg_relation_size($1::oid) / current_setting('block_size')::float8) AS pages`,
    [table.oid],
  )
  return rows[0]?.pages ?? 0
}

/**
 * True where every write that was counted in a table is that of another row of its own there, and every row that went
 * has gone from there. A row that was written twice, or a write that was taken back, counts against it.
 */
async function areAllThere(
  { work, watch }: FixSessions,
  { table, inserts, updates, deletes }: TableChange & { readonly table: TouchedTable },
  numbers: OwnNumbers,
  { condition, isLocked }: NearPlace,
): Promise<boolean> {
  if (deletes > 0 && !isLocked) return false
  const count = async (connection: Connection, more = ''): Promise<number> => {
    const { rows } = await connection.query<{ count: number }>(
      `SELECT count(*)::float8 AS count FROM ONLY ${qualifiedName(table)} AS t WHERE ${condition}${more}`,
    )
    return rows[0]?.count ?? 0
  }
  if ((await count(work, ` AND ${isOwnRow('t', numbers)}`)) !== inserts + updates) return false
  return deletes === 0 || (await count(watch)) - (await count(work)) + inserts === deletes
}

/** Rows that the transaction wrote, beside what the others see under the same key. Gives how many they do not see. */
async function captureWritten(
  { work, watch }: FixSessions,
  table: TouchedTable,
  numbers: OwnNumbers,
  sink: ImageSink,
  place: string | undefined,
): Promise<number> {
  let unmatched = 0
  const isOwn = isOwnRow('t', numbers)
  const query = foundSql(table, place === undefined ? isOwn : `${place} AND ${isOwn}`)
  await inChunks(work, 'tide_written', query, async (rows) => {
    const before = await recordsByKey(watch, table, rows.map(({ key }) => key))
    const images = rows.map(({ key, record }, place): RowImage => ({
      key,
      before: before.get(place)?.record ?? null,
      after: record,
    }))
    unmatched += images.filter((image) => image.before === null).length
    await pass(sink, table, images.filter((image) => image.before !== image.after))
  })
  return unmatched
}

/**
 * Rows that others see and the transaction does not. One that it deleted carries a mark that others may have left as
 * well: each is looked for under its key, and again from outside, since another session may have deleted it meanwhile.
 */
async function captureGone(
  { work, watch }: FixSessions,
  table: TouchedTable,
  sink: ImageSink,
  place: string | undefined,
): Promise<void> {
  const isMarked = `t.xmax <> '0'::xid`
  const query = foundSql(table, place === undefined ? isMarked : `${place} AND ${isMarked}`)
  await inChunks(watch, 'tide_marked', query, async (rows) => {
    const here = await recordsByKey(work, table, rows.map(({ key }) => key))
    const gone = rows.filter((_, place) => !here.has(place))
    const still = await recordsByKey(watch, table, gone.map(({ key }) => key))
    const images = gone.filter(({ version }, place) => still.get(place)?.version === version)
    await pass(sink, table, images.map(({ key, record }): RowImage => ({ key, before: record, after: null })))
  })
}

async function pass(sink: ImageSink, table: TouchedTable, images: readonly RowImage[]): Promise<void> {
  if (images.length > 0) await sink(table, images)
}

function foundSql(table: TouchedTable, condition: string): string {
  return `SELECT ${keySql(table, 't')}::text AS key, ${versionSql} AS version, ${recordSql(table, 't')} AS record
    FROM ONLY ${qualifiedName(table)} AS t WHERE ${condition}`
}

const versionSql = 't.ctid::text || t.xmin::text'

/** What a session sees under some keys, by their places. */
async function recordsByKey(
  connection: Connection,
  table: TouchedTable,
  keys: readonly string[],
): Promise<ReadonlyMap<number, { readonly record: string; readonly version: string }>> {
  if (keys.length === 0) return new Map()
  const { rows } = await connection.query<{ place: number; record: string; version: string }>(
    `SELECT k.place::integer - 1 AS place, ${versionSql} AS version, ${recordSql(table, 't')} AS record
       FROM unnest($1::text[]) WITH ORDINALITY AS k (key, place)
       JOIN ONLY ${qualifiedName(table)} AS t ON ${keyMatchSql(table, 't', 'k.key::text[]')}`,
    [keys],
  )
  return new Map(rows.map((row) => [row.place, row]))
}

/** A row that one of the sessions sees. */
interface FoundRow {
  readonly key: string
  /** Changes with every change of the row. */
  readonly version: string
  readonly record: string
}

const firstChunk = 100
const chunkCharacters = 4_000_000

/** A cursor, and as many rows at a time as memory takes, whatever their width and their number. */
async function inChunks(
  connection: Connection,
  cursor: string,
  query: string,
  use: (rows: readonly FoundRow[]) => Promise<void>,
): Promise<void> {
  await connection.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${query}`)
  for (let size = firstChunk; ; ) {
    const { rows } = await connection.query<FoundRow>(`FETCH ${size} FROM ${cursor}`)
    if (rows.length > 0) await use(rows)
    if (rows.length < size) break
    const characters = rows.reduce((sum, { record }) => sum + record.length, 0)
    size = Math.max(1, Math.min(size * 4, 5000, Math.floor((chunkCharacters * size) / characters)))
  }
  await connection.query(`CLOSE ${cursor}`)
}
