import { type EngineOptions } from '../../src/data/engine/engine.ts'
import { runStep, type StepOutcome } from '../../src/data/run-step.ts'
import { type LoadedStep, readDefinition } from '../../src/data/step/load-step.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'

/** A data step as a test writes it, without a file and without its types. */
export function stepOf(migration: string, definition: Readonly<Record<string, unknown>>): LoadedStep {
  return readDefinition(
    { down: { reason: 'nobody asked' }, check: 'SELECT 1 WHERE false', ...definition },
    { migration, directory: '/nowhere', hash: 'none' },
  )
}

/** Runs it, in small batches. */
export function runData(
  database: DatabaseUrl,
  step: LoadedStep,
  options: Partial<EngineOptions> & { readonly direction?: 'up' | 'down'; readonly ledgerId?: string; readonly recheck?: boolean } = {},
): Promise<StepOutcome> {
  const { direction = 'up', ledgerId = 'first', recheck = false, ...engine } = options
  return runStep(
    { database, place: { directory: '/nowhere', stateDirectory: '/nowhere/.tide' }, workers: 2, ...engine },
    { step, direction, ledgerId, recheck },
  )
}
