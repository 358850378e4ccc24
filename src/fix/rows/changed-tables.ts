import type { Connection } from '../../postgres/connect.ts'
import { countsOff, foreignTable, journalChanged, keyMissing, rowsHidden, structureChanged } from '../errors.ts'
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
 * @throws FIX_JOURNAL_CHANGED, FIX_STRUCTURE_CHANGED, FIX_NO_PRIMARY_KEY, FIX_ROW_SECURITY, FIX_FOREIGN_TABLE for what
 * cannot be undone
 */
export async function readChangedTables(
  work: Connection,
  watch: Connection,
  baseline: ChangeBaseline,
  isUndo: boolean,
): Promise<readonly (TableChange & { readonly table: TouchedTable })[]> {
  await requireCounts(work)
  const counted = (await readCounts(work)).map((table) => without(table, baseline.get(table.oid)))
  const certain = counted.filter(({ inserts, updates, deletes }) => inserts + updates + deletes > 0)
  const changed = [...certain, ...(await readUncounted(work, certain.map(({ oid }) => oid)))]
  const own = changed.filter(({ schema }) => schema === 'tide')
  if (own.length > 0) throw journalChanged(own.map(({ name }) => `tide.${name}`))
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

/**
 * Tables that may have been written although nothing was counted: a function can switch the counting off for itself,
 * but not the lock that every write takes. All of their rows are looked through.
 */
async function readUncounted(work: Connection, counted: readonly string[]): Promise<readonly CountedTable[]> {
  const { rows } = await work.query<CountedTable>(
    `SELECT DISTINCT c.oid::text AS oid, n.nspname::text AS schema, c.relname::text AS name,
        1::float8 AS inserts, 1::float8 AS updates, 1::float8 AS deletes
      FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.mode = 'RowExclusiveLock' AND c.relkind = 'r'
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND n.nspname NOT IN ('pg_catalog', 'pg_toast') AND c.oid::text <> ALL ($1::text[])`,
    [counted],
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
