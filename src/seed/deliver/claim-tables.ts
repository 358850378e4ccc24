import type { Connection } from '../../postgres/connect.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import { tableChanged, tablesEmptied } from './errors.ts'
import { filledTables } from './read-existing.ts'
import { readStandingRows } from './read-standing-rows.ts'
import { readRun, tablesOfRun } from './run-ledger.ts'

const fillLock = 72707371

/** Until the transaction ends nobody else fills tables of the database, or empties them for that: they wait here. */
export async function lockFilling(connection: Connection): Promise<void> {
  await connection.query(`SELECT pg_advisory_xact_lock(${fillLock})`)
}

/**
 * The same for who only looks: others may look as well. What another run committed between two questions would be taken
 * for somebody else's rows; a snapshot does not help, since tables that are emptied are empty in all of them.
 */
export async function lockFilled(connection: Connection): Promise<void> {
  await connection.query(`SELECT pg_advisory_xact_lock_shared(${fillLock})`)
}

/**
 * First in the transaction that fills tables: nobody else does so until it ends, and the tables are as they were when
 * the run was planned.
 * @param earlier tables that the run has filled before these, or found filled: these rows may point to theirs
 * @returns the tables that the same run has filled in another process meanwhile, with their rows
 * @throws SEED_TABLE_CHANGED, SEED_TABLES_EMPTIED, SEED_FILLED_OTHERWISE
 */
export async function claimTables(
  connection: Connection,
  run: string,
  tables: readonly Pick<TablePlan, 'key' | 'name' | 'facts' | 'rows' | 'offset'>[],
  earlier: readonly Pick<TablePlan, 'key' | 'name'>[],
): Promise<ReadonlyMap<string, number>> {
  await lockFilling(connection)
  if (earlier.length > 0) {
    const filled = await tablesOfRun(connection, run)
    const emptied = earlier.filter(({ key }) => !filled.has(key))
    if (emptied.length > 0) throw tablesEmptied(emptied.map(({ name }) => name))
  }
  const withRows = await filledTables(
    connection,
    tables.map(({ facts }) => facts),
  )
  if (tables.every(({ key, offset }) => !withRows.has(key) && offset === 0)) return new Map()
  const recorded = await readRun(connection, run)
  const { done, offsets } = await readStandingRows(connection, tables, run, recorded)
  for (const { key, name, offset } of tables) {
    // Behind the rows of others the numbers stay those of the plan.
    const isAsPlanned = offset === 0 ? (offsets.get(key) ?? 0) === 0 : withRows.has(key)
    if (!done.has(key) && !isAsPlanned) throw tableChanged(name)
  }
  return done
}
