import type { Connection } from '../../postgres/connect.ts'
import type { NamedTable } from '../plan/name-tables.ts'
import type { MovedRows } from '../plan/seed-plan.ts'
import { filledOtherwise, rowsGone } from './errors.ts'
import { countTable, filledTables, numbersOf } from './read-existing.ts'
import { type RecordedRun, tablesOfOtherRuns } from './run-ledger.ts'

/** What a run finds in the tables that it is to fill, by key. */
export interface StandingRows {
  /** Tables that the run has filled before, with the rows that they took. */
  readonly done: ReadonlyMap<string, number>
  /** The highest numbers of tables with rows. */
  readonly offsets: ReadonlyMap<string, number>
  /** Of tables that are done: their rows that count as other ones. */
  readonly moved: ReadonlyMap<string, MovedRows>
}

/** A table that is to be filled. */
export type TableToFill = Pick<NamedTable, 'key' | 'facts' | 'name'> & { readonly rows: number }

/**
 * Which tables are done, and after which numbers the others go on. Where the run has begun, rows beyond the numbers
 * that it keeps for itself are what triggers wrote of it: its own numbers stay as they were.
 * @throws SEED_FILLED_OTHERWISE, SEED_ROWS_GONE
 */
export async function readStandingRows(
  connection: Connection,
  tables: readonly TableToFill[],
  run: string,
  recorded: RecordedRun | undefined,
): Promise<StandingRows> {
  const withRows = await filledTables(
    connection,
    tables.map(({ facts }) => facts),
  )
  const others = await tablesOfOtherRuns(connection, run)
  const done = new Map<string, number>()
  const offsets = new Map<string, number>()
  const moved = new Map<string, MovedRows>()
  const foreign: string[] = []
  const thinned: string[] = []
  for (const { key, facts, name, rows } of tables) {
    const known = recorded?.tables.get(key)
    if (!withRows.has(key)) {
      // A trigger took all of them away.
      if (known?.rows === 0) done.set(key, 0)
      continue
    }
    if (known !== undefined && (await countTable(connection, facts)) >= known.rows) {
      done.set(key, known.rows)
      offsets.set(key, known.offset)
      moved.set(key, known.moved)
    } else if (known !== undefined && !others.has(key)) thinned.push(name)
    else if (known !== undefined || others.has(key)) foreign.push(name)
    else {
      const { lowest, highest } = await numbersOf(connection, facts)
      // Never 0, so that it is known that others have rows there: they may have taken the first values of a column.
      offsets.set(key, recorded !== undefined && lowest > rows ? 0 : Math.max(1, highest))
    }
  }
  if (thinned.length > 0) throw rowsGone(thinned)
  if (foreign.length > 0) {
    throw filledOtherwise(
      foreign,
      tables.filter(({ key }) => !withRows.has(key)).map(({ name }) => name),
    )
  }
  return { done, offsets, moved }
}
