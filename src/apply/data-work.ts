import { dirname, join } from 'node:path'
import type { ApplyOptions, RunSession } from './run-session.ts'
import type { DataState } from '../data/data-state.ts'
import type { DataSteps } from '../data/steps.ts'
import type { Migration } from '../history/read-history.ts'

/** A data step to run, and where in the order of the migrations. */
export interface DataTask {
  readonly migration: Migration
  /** Undefined where the migration itself is still to be applied: its row in the ledger does not exist yet. */
  readonly ledgerId: string | undefined
  /** It was done once: only rows that its check finds are done, before a later migration relies on it. */
  readonly recheck: boolean
}

/**
 * The data steps that a run of `up` has to run, in the order of the history: those of the migrations it applies, those
 * that applied migrations owe, and those that are done and that the first migration after them is about to rely on.
 * @param pending the names of the migrations that are applied in this run
 */
export function planData(
  history: readonly Migration[],
  pending: ReadonlySet<string>,
  states: readonly DataState[],
): readonly DataTask[] {
  const known = new Map(states.map((state) => [state.migration, state]))
  return history.flatMap((migration, index): readonly DataTask[] => {
    if (!migration.hasData) return []
    const state = known.get(migration.name)
    if (state === undefined) {
      return pending.has(migration.name) ? [{ migration, ledgerId: undefined, recheck: false }] : []
    }
    if (state.state === 'skipped') return []
    const { ledgerId } = state
    if (state.state !== 'done') return [{ migration, ledgerId, recheck: false }]
    const later = history.slice(index + 1)
    const isFirstAfter = later.length > 0 && pending.has(later[0]?.name ?? '')
    return isFirstAfter ? [{ migration, ledgerId, recheck: true }] : []
  })
}

/** Type-checks and loads the steps; the code for it is loaded only where there are any. */
export async function openData(
  session: Pick<RunSession, 'report' | 'ports' | 'signal'>,
  options: ApplyOptions,
  migrations: readonly Migration[],
  way: { readonly down?: { readonly acceptLoss: boolean } } = {},
): Promise<DataSteps | undefined> {
  const [first] = migrations
  if (first === undefined) return undefined
  session.report({ stage: 'type-checking data steps' })
  const { openDataSteps } = await import('../data/steps.ts')
  // Where nobody says: the history's folder stands in the project's, or in its folder `prisma`.
  const directory = dirname(dirname(first.directory))
  return openDataSteps(
    migrations,
    {
      database: options.database,
      place: options.place ?? { directory, stateDirectory: join(directory, '.tide') },
      ...options.data,
      ...(options.lockTimeoutMs === undefined ? {} : { lockTimeoutMs: options.lockTimeoutMs }),
      ...(session.signal === undefined ? {} : { signal: session.signal }),
      report: session.report,
      ports: session.ports,
    },
    way,
  )
}
