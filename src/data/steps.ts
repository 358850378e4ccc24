import { noWayBack, tableMissing } from './errors.ts'
import type { EngineOptions } from './engine/engine.ts'
import { isNoWayBack, type LoadedStep, loadStep } from './step/load-step.ts'
import { Bug } from '../errors/bug.ts'
import { runStep, type StepOutcome, tableOf } from './run-step.ts'
import { hasTable } from './step/read-target.ts'
import type { Connection } from '../postgres/connect.ts'
import type { Migration } from '../history/read-history.ts'

/** The data steps of a run, type-checked and loaded before the first statement of it. */
export interface DataSteps {
  /**
   * Refuses a step whose table is not there and that no script speaks of, before anything is run.
   * @param scripts what is applied before the steps, as text
   * @throws DATA_TABLE_MISSING
   */
  requireTables(connection: Connection, scripts: string): Promise<void>
  /** Runs one to its end; `recheck`: only for rows that its check finds. */
  up(migration: string, ledgerId: string, recheck?: boolean): Promise<StepOutcome>
  /** Takes one back. Undefined where it has no way back, and that was accepted. */
  down(migration: string, ledgerId: string): Promise<StepOutcome | undefined>
}

/**
 * Type-checks and loads the data steps of these migrations.
 * @throws PROJECT_SCRIPT_*, DATA_STEP_INVALID; with `down` DATA_NO_WAY_BACK unless the loss is accepted
 */
export async function openDataSteps(
  migrations: readonly Migration[],
  options: EngineOptions,
  way: { readonly down?: { readonly acceptLoss: boolean } } = {},
): Promise<DataSteps> {
  const steps = new Map<string, LoadedStep>()
  for (const migration of migrations) steps.set(migration.name, await loadStep(migration, options.place))
  if (way.down?.acceptLoss === false) {
    const stuck = [...steps.values()].flatMap(({ migration, down }) =>
      isNoWayBack(down) ? [{ migration, reason: down.reason }] : [],
    )
    if (stuck.length > 0) throw noWayBack(stuck)
  }
  const stepOf = (name: string): LoadedStep => {
    const step = steps.get(name)
    if (step === undefined) throw new Bug(`The data step of ${name} was not loaded.`)
    return step
  }
  return {
    requireTables: async (connection, scripts) => {
      for (const step of steps.values()) {
        const table = tableOf(step)
        if (table === undefined || scripts.includes(table.slice(table.lastIndexOf('.') + 1))) continue
        if (await hasTable(connection, table, options.database.schema)) continue
        throw tableMissing(`The data step of ${step.migration}`, table)
      }
    },
    up: (name, ledgerId, recheck = false) => runStep(options, { step: stepOf(name), direction: 'up', ledgerId, recheck }),
    down: async (name, ledgerId) => {
      const step = stepOf(name)
      return isNoWayBack(step.down) ? undefined : runStep(options, { step, direction: 'down', ledgerId })
    },
  }
}
