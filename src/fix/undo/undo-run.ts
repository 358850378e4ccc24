import type { Connection } from '../../postgres/connect.ts'
import { withCause } from '../../errors/failure.ts'
import { readServerError } from '../../postgres/server-error.ts'
import { sqlstate, sqlstateOf } from '../../postgres/sqlstate.ts'
import { alreadyUndone, rowsChanged, tableChanged, undoOrphans, undoRefused } from '../errors.ts'
import { runsTable } from '../journal/fix-tables.ts'
import { type FixRunRecord, readRunWithUndos, type RunTable, undoneBy } from '../journal/runs.ts'
import type { RunPlan } from '../run/perform-run.ts'
import { shownName } from '../rows/table-shape.ts'
import { rowTexts } from '../run/sessions.ts'
import { checkExact, type Exceptions } from './check-exact.ts'
import { type ChangedRow, findChanged, lockRows } from './compare-rows.ts'
import { findDuplicates } from './find-duplicates.ts'
import { findOrphans } from './find-orphans.ts'
import { readUndoKeys, targetsFirst } from './foreign-keys.ts'
import { restoreRows } from './restore-rows.ts'
import { silence } from './silence.ts'
import { readUndoTables, requireImages, type UndoTable } from './undo-table.ts'

/** The part of a run's plan that takes another run back, and proves it. */
export interface UndoPlan extends Required<Pick<RunPlan, 'change' | 'check'>> {
  /** Rows that had changed since, and were given what they were before the run; known when the run was performed. */
  overwritten(): readonly string[]
}

/** Takes a run of one transaction back, or a batch: every row that it touched becomes what it was. */
export function undoPlan(run: FixRunRecord, overwrite: boolean): UndoPlan {
  let restored: Restored = { tables: [], exceptions: { restored: new Map(), overwritten: new Map() }, changed: [] }
  return {
    change: async ({ work }) => {
      restored = await restore(work, run, overwrite)
    },
    check: (work: Connection, tables: readonly RunTable[], id: string) =>
      checkExact(work, restored.tables, tables, id, restored.exceptions),
    overwritten: () => restored.changed.filter(({ isRestored }) => !isRestored).map(({ name }) => name),
  }
}

interface Restored {
  readonly tables: readonly UndoTable[]
  readonly exceptions: Exceptions
  readonly changed: readonly ChangedRow[]
}

async function restore(work: Connection, run: FixRunRecord, overwrite: boolean): Promise<Restored> {
  // Two undos of a run at once: the second one waits here, and then finds it undone.
  await work.query(`SELECT FROM ${runsTable} WHERE id = $1 FOR UPDATE`, [run.id])
  const by = undoneBy(run.id, await readRunWithUndos(work, run.id))
  if (by !== undefined) throw alreadyUndone(run.id, by)
  await work.query(rowTexts)
  await requireImages(work, [run])
  const unsorted = await readUndoTables(work, [run])
  const keys = await readUndoKeys(work, unsorted)
  const tables = targetsFirst(unsorted, keys)
  const changed = new Map<number, readonly ChangedRow[]>()
  await readingImages(tables, async () => {
    await lockRows(work, tables)
    for (const table of tables) changed.set(table.place, await findChanged(work, table))
  })
  const all = [...changed.values()].flat()
  if (all.length > 0 && !overwrite) throw rowsChanged(all.map(({ name }) => name))
  const numbers = (of: (row: ChangedRow) => boolean): ReadonlyMap<number, readonly string[]> =>
    new Map([...changed].map(([place, rows]) => [place, rows.filter(of).map(({ number }) => number)]))
  const silenced = await silence(work, tables)
  await refusingWrites(async () => {
    await restoreRows(work, tables, { silent: silenced.isWhole, changed: numbers(() => true) })
    await work.query('SET CONSTRAINTS ALL IMMEDIATE')
    await silenced.end()
  })
  if (silenced.isWhole) {
    const [duplicates] = await findDuplicates(work, tables)
    if (duplicates !== undefined) throw undoRefused(duplicates)
    const orphans = await findOrphans(work, tables, keys)
    if (orphans.length > 0) throw undoOrphans(orphans)
  }
  return {
    tables,
    changed: all,
    exceptions: { restored: numbers(({ isRestored }) => isRestored), overwritten: numbers(() => true) },
  }
}

/** A kept value that its type does not take any more: the words of the server would quote it. */
async function readingImages(tables: readonly UndoTable[], read: () => Promise<void>): Promise<void> {
  try {
    await read()
  } catch (error) {
    if (sqlstateOf(error)?.startsWith('22') !== true) throw error
    const reason = 'A kept value is none of its type any more: a label of an enum has another name or is gone, or a domain is narrower.'
    throw withCause(tableChanged(tables.map(({ shape }) => shownName(shape)).join(', '), reason), error)
  }
}

const objections: ReadonlySet<string> = new Set([sqlstate.raisedException, sqlstate.insufficientPrivilege])

/** A constraint that the restored rows meet: somebody else's row has the value of one of them. */
async function refusingWrites(write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    const state = sqlstateOf(error)
    if (state === undefined || !(state.startsWith('23') || objections.has(state))) throw error
    const { message, keyColumns } = readServerError(error)
    throw withCause(undoRefused(keyColumns === undefined ? message : `${message} (${keyColumns})`), error)
  }
}
