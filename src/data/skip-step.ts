import { readDataStates } from './data-state.ts'
import type { DataOrderResult } from './control.ts'
import { stepNotSo, undoUnfinished } from './errors.ts'
import { createStore, storeLock } from './store/create-store.ts'
import { writeLeft, writeSkipped } from './store/write-step.ts'
import { readLedger } from '../history/ledger.ts'
import type { Migration } from '../history/read-history.ts'
import { withConnection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { inTransaction } from '../postgres/in-transaction.ts'

/**
 * Takes a data step that is owed, has failed or was cancelled as one that this database needs nothing more of: later
 * migrations no longer wait for it, and `tide down` takes back what it had done, which may be nothing. For databases
 * that were migrated without Tide past what the step needs.
 * @param name of its migration, which is applied
 * @throws DATA_STEP_STATE where somebody may work on it, it is done, or its migration is not applied;
 * DATA_UNDO_UNFINISHED where it is half-way back
 */
export async function skipStep(
  database: DatabaseUrl,
  history: readonly Migration[],
  name: string,
): Promise<DataOrderResult> {
  return withConnection(database, async (connection) => {
    await createStore(connection)
    return inTransaction(connection, async () => {
      await connection.query(`SELECT pg_advisory_xact_lock(${storeLock})`)
      const ledger = await readLedger(connection, database.schema)
      const states = await readDataStates(connection, database.schema, history, ledger)
      const found = states.find(({ migration }) => migration === name)
      if (found === undefined) throw stepNotSo(name, 'skip', 'not applied')
      const isEnded = found.state === 'failed' || found.state === 'cancelled'
      if (isEnded && found.direction === 'down') throw undoUnfinished(name)
      const id = { schema: database.schema, migration: name }
      if (found.state === 'owed' || found.state === 'undone') await writeSkipped(connection, id, found.ledgerId)
      else if (isEnded) await writeLeft(connection, id)
      else throw stepNotSo(name, 'skip', found.state)
      return { migration: name, before: found.state, state: 'skipped' as const }
    })
  })
}
