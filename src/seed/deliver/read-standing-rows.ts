import type { Connection } from '../../postgres/connect.ts'
import type { NamedTable } from '../plan/name-tables.ts'
import { filledOtherwise } from './errors.ts'
import { countTable, filledTables, highestNumber } from './read-existing.ts'
import { type RecordedTable, tablesOfOtherRuns } from './run-ledger.ts'

/** What a run finds in the tables that it is to fill, by key. */
export interface StandingRows {
  /** Tables that the run has filled before. */
  readonly done: ReadonlySet<string>
  /** The highest numbers of tables with rows. */
  readonly offsets: ReadonlyMap<string, number>
}

/**
 * Which tables are done, and after which numbers the others go on.
 * @throws SEED_FILLED_OTHERWISE
 */
export async function readStandingRows(
  connection: Connection,
  tables: readonly Pick<NamedTable, 'key' | 'facts' | 'name'>[],
  run: string,
  recorded: ReadonlyMap<string, RecordedTable>,
): Promise<StandingRows> {
  const withRows = await filledTables(
    connection,
    tables.map(({ facts }) => facts),
  )
  const others = await tablesOfOtherRuns(connection, run)
  const done = new Set<string>()
  const offsets = new Map<string, number>()
  const foreign: string[] = []
  for (const { key, facts, name } of tables) {
    if (!withRows.has(key)) continue
    const known = recorded.get(key)
    if (known !== undefined && (await countTable(connection, facts)) >= known.rows) {
      done.add(key)
      offsets.set(key, known.offset)
    } else if (known !== undefined || others.has(key)) foreign.push(name)
    else offsets.set(key, await highestNumber(connection, facts))
  }
  if (foreign.length > 0) throw filledOtherwise(foreign)
  return { done, offsets }
}
