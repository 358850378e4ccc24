import { withConnection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { rowTexts } from './run/sessions.ts'
import { readUndoKeys, targetsFirst } from './undo/foreign-keys.ts'
import { undoSql } from './undo/undo-sql.ts'
import { readUndoTables, requireImages } from './undo/undo-table.ts'
import { readRuns, standingBatches } from './journal/runs.ts'
import { chooseRun } from './undo-fix.ts'

/** Which run, and where its rollback goes. */
export interface UndoSqlOptions {
  readonly database: DatabaseUrl
  /** The number of a run, or the name of a fix. */
  readonly run: string
  /** Leaves out the check that stops the script where a row has changed since. */
  readonly overwrite?: boolean
  readonly write: (lines: readonly string[]) => void
}

/**
 * Writes the rollback of a run as SQL for review; nothing is changed. Gives the number of the run.
 * @throws FIX_RUN_UNKNOWN, FIX_ALREADY_UNDONE, FIX_TABLE_CHANGED
 */
export async function writeUndoSql(options: UndoSqlOptions): Promise<string> {
  const { database, run: given, overwrite = false, write } = options
  return withConnection(database, async (connection) => {
    const run = await chooseRun(connection, given)
    await connection.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${rowTexts}`)
    // Of a run in batches a transaction for each, the last one first.
    const parts = run.progress === null ? [run] : standingBatches(run.id, await readRuns(connection)).toReversed()
    for (const part of parts) {
      await requireImages(connection, [part])
      const tables = await readUndoTables(connection, [part])
      const keys = await readUndoKeys(connection, tables)
      const sorted = targetsFirst(tables, keys)
      for await (const lines of undoSql(connection, part, sorted, { guarded: !overwrite, keys })) write(lines)
    }
    await connection.query('ROLLBACK')
    return run.id
  })
}
