import type { Connection } from '../../postgres/connect.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import { tableChanged } from './errors.ts'
import { filledTables } from './read-existing.ts'
import { readStandingRows } from './read-standing-rows.ts'
import { readRun } from './run-ledger.ts'

/** One run fills tables of a database at a time: another waits here, and finds its tables done. */
export const fillLock = 72707371

/**
 * First in the transaction that fills tables: nobody else does so until it ends, and the tables are as they were when
 * the run was planned.
 * @returns the tables that the same run has filled in another process meanwhile, with their rows
 * @throws SEED_TABLE_CHANGED, SEED_FILLED_OTHERWISE
 */
export async function claimTables(
  connection: Connection,
  run: string,
  tables: readonly Pick<TablePlan, 'key' | 'name' | 'facts' | 'rows' | 'offset'>[],
): Promise<ReadonlyMap<string, number>> {
  await connection.query(`SELECT pg_advisory_xact_lock(${fillLock})`)
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
