import { machinePorts } from '../apply/ports.ts'
import { withCause } from '../errors/failure.ts'
import type { Connection } from '../postgres/connect.ts'
import { withConnection } from '../postgres/connect.ts'
import { readServerError } from '../postgres/server-error.ts'
import { sqlstate, sqlstateOf } from '../postgres/sqlstate.ts'
import { nearestName } from '../errors/nearest-name.ts'
import { alreadyUndone, rowsChanged, runUnknown, undoOrphans, undoRefused } from './errors.ts'
import { runsTable } from './journal/fix-tables.ts'
import { findRun, type FixRunRecord, readRuns, undoneBy } from './journal/runs.ts'
import { lockFacts, runDefaults, type FixRunResult, type RunOptions, tablesOf } from './run-fix.ts'
import { performRun } from './run/perform-run.ts'
import { rowTexts } from './run/sessions.ts'
import { checkExact, type Exceptions } from './undo/check-exact.ts'
import { type ChangedRow, findChanged, lockRows } from './undo/compare-rows.ts'
import { findDuplicates } from './undo/find-duplicates.ts'
import { findOrphans } from './undo/find-orphans.ts'
import { readUndoKeys, targetsFirst } from './undo/foreign-keys.ts'
import { restoreRows } from './undo/restore-rows.ts'
import { silence } from './undo/silence.ts'
import { readUndoTables, requireImages, type UndoTable } from './undo/undo-table.ts'

/** Which run is taken back, and how. */
export interface UndoOptions extends RunOptions {
  /** The number of a run, or the name of a fix. */
  readonly run: string
  /** Gives rows that have changed since what they were before the run, all the same. */
  readonly overwrite?: boolean
  /** False: a rehearsal. Default true. */
  readonly apply?: boolean
  /** How many rows of each table are shown. Default 3. */
  readonly rows?: number
}

/** What an undo did. */
export interface UndoResult extends FixRunResult {
  /** The run that it took back. */
  readonly undoes: string
  /** Rows that had changed since, and were given what they were before the run. */
  readonly overwritten: readonly string[]
}

/**
 * Takes an applied run back: every row that it touched, its triggers and cascades among them, becomes what it was, byte
 * for byte. An undo is a run itself, with images of its own, from which it is proven before it is committed, and with
 * which it can be undone.
 * @throws FIX_ROWS_CHANGED naming rows that somebody has changed since, FIX_UNDO_*, FIX_RUN_UNKNOWN, FIX_ALREADY_UNDONE
 */
export async function undoFix(options: UndoOptions): Promise<UndoResult> {
  const { ports = machinePorts, apply = true } = options
  const startedAt = ports.now()
  const run = await withConnection(options.database, (connection) => chooseRun(connection, options.run))
  let restored: Restored = { tables: [], exceptions: { restored: new Map(), overwritten: new Map() }, changed: [] }
  const done = await performRun({
    ...runDefaults(options),
    command: 'tide fix undo',
    label: `The undo of run ${run.id}`,
    head: {
      fix: run.fix,
      description: run.description,
      scriptHash: run.scriptHash,
      undoes: run.id,
      appliedBy: options.appliedBy ?? null,
    },
    commit: apply,
    samples: options.rows ?? 3,
    change: async ({ work }) => {
      restored = await restore(work, run, options.overwrite === true)
    },
    check: (work, tables, id) => checkExact(work, restored.tables, tables, id, restored.exceptions),
  })
  return {
    fix: run.fix,
    mode: apply ? 'applied' : 'dry-run',
    undoes: run.id,
    tables: tablesOf(done, new Set(run.tables.map(({ name }) => name))),
    overwritten: restored.changed.filter(({ isRestored }) => !isRestored).map(({ name }) => name),
    ...(done.run === undefined ? {} : { undo: done.run }),
    ...lockFacts(done),
    attempts: done.attempts,
    ms: Math.round(ports.now() - startedAt),
  }
}

/** @throws FIX_RUN_UNKNOWN, FIX_ALREADY_UNDONE */
export async function chooseRun(connection: Connection, given: string): Promise<FixRunRecord> {
  const runs = await readRuns(connection)
  const run = findRun(given, runs)
  if (run === undefined) throw runUnknown(given, nearestName(given, runs.map(({ fix }) => fix)))
  const by = undoneBy(run.id, runs)
  if (by !== undefined) throw alreadyUndone(run.id, by)
  return run
}

interface Restored {
  readonly tables: readonly UndoTable[]
  readonly exceptions: Exceptions
  readonly changed: readonly ChangedRow[]
}

async function restore(work: Connection, run: FixRunRecord, overwrite: boolean): Promise<Restored> {
  // Two undos of a run at once: the second one waits here, and then finds it undone.
  await work.query(`SELECT FROM ${runsTable} WHERE id = $1 FOR UPDATE`, [run.id])
  await chooseRun(work, run.id)
  await work.query(rowTexts)
  await requireImages(work, run)
  const unsorted = await readUndoTables(work, run)
  const keys = await readUndoKeys(work, unsorted)
  const tables = targetsFirst(unsorted, keys)
  await lockRows(work, tables)
  const changed = new Map<number, readonly ChangedRow[]>()
  for (const table of tables) changed.set(table.place, await findChanged(work, table))
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
