import { isOwed, readDataStates } from './data-state.ts'
import type { EngineOptions } from './engine/engine.ts'
import { runStep, type StepOutcome } from './run-step.ts'
import { loadStep } from './step/load-step.ts'
import { readLedger } from '../history/ledger.ts'
import type { Migration } from '../history/read-history.ts'
import { withConnection } from '../postgres/connect.ts'

/** The document of `tide data work`. */
export interface DataWork {
  /** The steps that are done now, in the order of the history. */
  readonly steps: readonly StepOutcome[]
  readonly ms: number
}

/**
 * Works on the data steps that applied migrations owe, one after the other, together with whoever else does: on this
 * machine or another. Applies no migration, and takes no lock that `tide up` waits for.
 * @throws DATA_*, PROJECT_SCRIPT_*, POSTGRES_*
 */
export async function workOnData(options: EngineOptions, history: readonly Migration[]): Promise<DataWork> {
  const { database } = options
  const startedAt = performance.now()
  const states = await withConnection(database, async (connection) =>
    readDataStates(connection, database.schema, history, await readLedger(connection, database.schema)),
  )
  const steps: StepOutcome[] = []
  for (const { migration: name, ledgerId, direction, state } of states.filter(isOwed)) {
    const migration = history.find((one) => one.name === name)
    if (migration === undefined) continue
    const step = await loadStep(migration, options.place)
    steps.push(await runStep(options, { step, ledgerId, direction: state === 'undone' ? 'up' : direction }))
  }
  return { steps, ms: Math.round(performance.now() - startedAt) }
}
