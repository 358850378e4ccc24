import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'
import { rowSettings } from '../../postgres/row-settings.ts'
import { imagesTable } from '../journal/fix-tables.ts'
import type { FixRunRecord } from '../journal/runs.ts'
import { decodeRecord } from '../rows/record-text.ts'
import { keyCells, keyMatchSql, qualifiedName, recordSql, shownName, type TableShape } from '../rows/table-shape.ts'
import { duplicateQueries } from './find-duplicates.ts'
import { orphanQueries } from './find-orphans.ts'
import type { UndoKey } from './foreign-keys.ts'
import { imagesSql, type UndoTable } from './undo-table.ts'

/**
 * The rollback of a run as a script for `psql`, statement by statement with its values, some lines at a time: what an
 * undo writes, in the same order.
 * It stops where a restored row would break a foreign key or a deferrable constraint: neither is watched meanwhile.
 * @param guarded it stops where a row has changed since, too
 * @param keys the foreign keys from and to these tables
 */
export async function* undoSql(
  connection: Connection,
  run: FixRunRecord,
  tables: readonly UndoTable[],
  { guarded, keys }: { readonly guarded: boolean; readonly keys: readonly UndoKey[] },
): AsyncGenerator<readonly string[]> {
  yield [
    `-- Takes back run ${run.id} of the fix ${run.fix}, applied ${run.appliedAt}.`,
    '-- Say ROLLBACK at the end to try it. `tide fix list` does not know of what a script has taken back.',
    'BEGIN;',
    '-- No trigger fires and no foreign key acts while rows come and go.',
    'SET LOCAL session_replication_role = replica;',
    `SET LOCAL search_path = '';`,
    `${rowSettings.replaceAll(/\s+/g, ' ')};`,
  ]
  for (const table of guarded ? tables : []) yield guard(table, run.id)
  for (const kind of ['delete', 'update', 'insert'] as const) {
    for (const table of tables) {
      let isFirst = true
      for await (const images of readImages(connection, table)) {
        const lines = images.flatMap((image) => statement(kind, table.shape, image))
        if (lines.length === 0) continue
        yield isFirst ? ['', `-- ${shownName(table.shape)}`, ...lines] : lines
        isFirst = false
      }
    }
  }
  yield ['', '-- What no foreign key has watched.']
  for (const { key, lock, orphans } of orphanQueries(tables, keys)) {
    const message = `Rows of ${key.shownTable} would point to nothing (${key.name}).`
    yield stopping(`EXISTS (SELECT FROM ${orphans})`, message, `PERFORM FROM (${lock}) AS kept;`)
  }
  for (const { sql, message } of await duplicateQueries(connection, tables)) yield stopping(`EXISTS (${sql})`, message)
  yield ['', 'COMMIT;']
}

function guard(table: UndoTable, run: string): readonly string[] {
  const { shape } = table
  const now = `CASE WHEN t.tableoid IS NULL THEN NULL ELSE ${recordSql(shape, 't')} END`
  const rows = `${imagesSql(table)} LEFT JOIN ONLY ${qualifiedName(shape)} AS t ON ${keyMatchSql(shape, 't', 'i.key')}`
  return stopping(
    `EXISTS (SELECT FROM ${rows} WHERE ${now} IS DISTINCT FROM i.after)`,
    `Rows of ${shownName(shape)} have changed since run ${run}.`,
    `PERFORM FROM ${rows.replace('LEFT JOIN', 'JOIN')} FOR UPDATE OF t;`,
  )
}

/** Ends the script where a condition holds. */
function stopping(condition: string, message: string, before?: string): readonly string[] {
  const oneLine = (sql: string): string => sql.replaceAll(/\s+/g, ' ')
  return [
    'DO $tide$ BEGIN',
    ...(before === undefined ? [] : [`  ${oneLine(before)}`]),
    `  IF ${oneLine(condition)}`,
    `  THEN RAISE EXCEPTION USING MESSAGE = ${quoteLiteral(message).trimStart()}; END IF;`,
    'END $tide$;',
  ]
}

interface KeptImage {
  readonly before: string | null
  readonly after: string | null
}

const chunk = 500

async function* readImages(connection: Connection, { run, place }: UndoTable): AsyncGenerator<readonly KeptImage[]> {
  for (let last = '0'; ; ) {
    const { rows } = await connection.query<KeptImage & { readonly number: string }>(
      `SELECT number, before, after FROM ${imagesTable} WHERE run = $1 AND place = $2 AND number > $3
        ORDER BY number LIMIT ${chunk}`,
      [run, place, last],
    )
    if (rows.length > 0) yield rows
    const end = rows.at(-1)
    if (end === undefined || rows.length < chunk) return
    last = end.number
  }
}

/** The statement of one kind for a row; none where that row takes another kind. A replaced row takes two. */
function statement(kind: 'delete' | 'update' | 'insert', shape: TableShape, image: KeptImage): readonly string[] {
  const old = image.before === null ? undefined : decodeRecord(image.before)
  const now = image.after === null ? undefined : decodeRecord(image.after)
  const isOther = (place: number): boolean => old?.[place] !== now?.[place]
  const replaces = shape.columns.some(({ isUnique, isFixed }, place) => (isUnique || isFixed) && isOther(place))
  const name = qualifiedName(shape)
  if (kind === 'delete' && now !== undefined && (old === undefined || replaces)) {
    return [`DELETE FROM ONLY ${name} WHERE ${whereKey(shape, now)};`]
  }
  if (kind === 'insert' && old !== undefined && (now === undefined || replaces)) {
    const written = shape.columns.flatMap(({ name: column, type, isGenerated }, place) =>
      isGenerated ? [] : [{ column: quoteIdentifier(column), value: valueSql(old[place], type) }],
    )
    const columns = written.map(({ column }) => column).join(', ')
    return [`INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE VALUES (${written.map(({ value }) => value).join(', ')});`]
  }
  if (kind !== 'update' || old === undefined || now === undefined || replaces) return []
  const sets = shape.columns.flatMap(({ name: column, type, isGenerated }, place) =>
    isGenerated || !isOther(place) ? [] : [`${quoteIdentifier(column)} = ${valueSql(old[place], type)}`],
  )
  return sets.length === 0 ? [] : [`UPDATE ONLY ${name} SET ${sets.join(', ')} WHERE ${whereKey(shape, old)};`]
}

function whereKey(shape: TableShape, cells: readonly (string | null)[]): string {
  const values = keyCells(shape, cells)
  const typeOf = (column: string): string => shape.columns.find(({ name }) => name === column)?.type ?? 'text'
  return shape.key.map((column, at) => `${quoteIdentifier(column)} = ${valueSql(values[at], typeOf(column))}`).join(' AND ')
}

/** A value as SQL, read by the input function of its type. */
function valueSql(cell: string | null | undefined, type: string): string {
  return cell === null || cell === undefined ? 'NULL' : `${quoteLiteral(cell).trimStart()}::${type}`
}
