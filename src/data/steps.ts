import { noWayBack } from './errors.ts'
import type { EngineOptions } from './engine/engine.ts'
import { isNoWayBack, type LoadedStep, loadStep } from './step/load-step.ts'
import { Bug } from '../errors/bug.ts'
import { runStep, type StepOutcome } from './run-step.ts'
import type { Migration } from '../history/read-history.ts'

/** The data steps of a run, type-checked and loaded before the first statement of it. */
export interface DataSteps {
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
    up: (name, ledgerId, recheck = false) => runStep(options, { step: stepOf(name), direction: 'up', ledgerId, recheck }),
    down: async (name, ledgerId) => {
      const step = stepOf(name)
      return isNoWayBack(step.down) ? undefined : runStep(options, { step, direction: 'down', ledgerId })
    },
  }
}
