import type { Connection } from '../../postgres/connect.ts'
import { countsOff, foreignTable, keyMissing, rowsHidden, structureChanged } from '../errors.ts'
import { readShapes, shownName, type TouchedTable } from './table-shape.ts'

/** How often rows of a table were written in this transaction, whoever wrote them. Savepoints rolled back count. */
export interface TableChange {
  readonly oid: string
  readonly inserts: number
  readonly updates: number
  readonly deletes: number
}

interface CountedTable extends TableChange {
  readonly schema: string
  readonly name: string
}

/** The counts of a session so far, to be taken off later: those of earlier transactions may still be among them. */
export type ChangeBaseline = ReadonlyMap<string, TableChange>

/** @throws FIX_COUNTS_OFF */
export async function readBaseline(work: Connection): Promise<ChangeBaseline> {
  await requireCounts(work)
  return new Map((await readCounts(work)).map((table) => [table.oid, table]))
}

/**
 * The tables in which this transaction has written rows, with their shapes.
 * @throws FIX_STRUCTURE_CHANGED, FIX_NO_PRIMARY_KEY, FIX_ROW_SECURITY, FIX_FOREIGN_TABLE for what cannot be undone
 */
export async function readChangedTables(
  work: Connection,
  watch: Connection,
  baseline: ChangeBaseline,
  isUndo: boolean,
): Promise<readonly (TableChange & { readonly table: TouchedTable })[]> {
  await requireCounts(work)
  const counted = (await readCounts(work)).map((table) => without(table, baseline.get(table.oid)))
  const changed = counted.filter(({ inserts, updates, deletes }) => inserts + updates + deletes > 0)
  const catalogs = changed.filter(({ schema }) => schema === 'pg_catalog')
  // An undo may have switched triggers off and on again.
  if (catalogs.length > 0 && !isUndo) throw structureChanged(catalogs.map(({ name }) => name))
  const foreign = await readForeignTables(work)
  if (foreign.length > 0) throw foreignTable(foreign)
  const shapes = await readShapes(watch, changed.filter(({ schema }) => schema !== 'pg_catalog').map(({ oid }) => oid))
  const named = (condition: (table: TouchedTable) => boolean): readonly string[] =>
    shapes.filter(condition).map(shownName)
  const withoutKey = named(({ key }) => key.length === 0)
  if (withoutKey.length > 0) throw keyMissing(withoutKey)
  const hidden = named(({ rowSecurity }) => rowSecurity)
  if (hidden.length > 0) throw rowsHidden(hidden)
  return shapes.flatMap((table) => {
    const change = changed.find(({ oid }) => oid === table.oid)
    return change === undefined ? [] : [{ ...change, table }]
  })
}

async function requireCounts(work: Connection): Promise<void> {
  const { rows } = await work.query<{ on: boolean }>(`SELECT current_setting('track_counts')::boolean AS on`)
  if (rows[0]?.on !== true) throw countsOff()
}

function without(table: CountedTable, earlier: TableChange | undefined): CountedTable {
  if (earlier === undefined) return table
  return {
    ...table,
    inserts: table.inserts - earlier.inserts,
    updates: table.updates - earlier.updates,
    deletes: table.deletes - earlier.deletes,
  }
}

async function readCounts(work: Connection): Promise<readonly CountedTable[]> {
  const { rows } = await work.query<CountedTable>(
    `SELECT relid::text AS oid, schemaname::text AS schema, relname::text AS name, n_tup_ins::float8 AS inserts,
        n_tup_upd::float8 AS updates, n_tup_del::float8 AS deletes
      FROM pg_stat_xact_all_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND schemaname <> 'pg_toast'`,
  )
  return rows
}

/** The statistics know nothing of foreign tables; the lock that a change of one takes does. */
async function readForeignTables(work: Connection): Promise<readonly string[]> {
  const { rows } = await work.query<{ name: string }>(
    `SELECT DISTINCT c.oid::regclass::text AS name FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
      WHERE l.pid = pg_backend_pid() AND l.mode = 'RowExclusiveLock' AND c.relkind = 'f'`,
  )
  return rows.map(({ name }) => name)
}
