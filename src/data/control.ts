import type { DataState } from './data-state.ts'
import { stepNotSo, stepUnknown } from './errors.ts'
import { readSteps, type StepRecord, type StepState } from './store/step-record.ts'
import { forgetStep, writeState, writeTakenUp } from './store/write-step.ts'
import { withConnection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'

/** What can be done to a data step from outside. */
export type DataOrder = 'pause' | 'resume' | 'cancel'

/** What was done. */
export interface DataOrderResult {
  readonly migration: string
  readonly before: DataState['state']
  readonly state: DataState['state']
}

/**
 * Pauses, resumes or cancels a data step that has begun; whoever works on it sees it before the next batch. One that
 * was skipped is owed again when it is resumed, or goes on where it was.
 * @param wanted its migration, or a beginning that only it has; undefined where only one step is in question
 * @throws DATA_STEP_UNKNOWN, DATA_STEP_STATE
 */
export async function orderStep(
  database: DatabaseUrl,
  order: DataOrder,
  wanted: string | undefined,
): Promise<DataOrderResult> {
  return withConnection(database, async (connection) => {
    const steps = await readSteps(connection, database.schema)
    const step = find(steps, order, wanted)
    if (order === 'resume' && isSkipped(step)) {
      const id = { schema: database.schema, migration: step.migration }
      if (await writeTakenUp(connection, id)) return { migration: step.migration, before: 'skipped', state: 'running' }
      await forgetStep(connection, id)
      return { migration: step.migration, before: 'skipped', state: 'owed' }
    }
    const { from, to } = orders[order]
    if (!from.includes(step.state)) throw stepNotSo(step.migration, order, step.state)
    const reason = to === 'running' ? undefined : `by \`tide data ${order}\``
    await writeState(connection, { schema: database.schema, migration: step.migration }, to, reason)
    return { migration: step.migration, before: step.state, state: to }
  })
}

const orders: Readonly<Record<DataOrder, { readonly from: readonly StepState[]; readonly to: StepState }>> = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused', 'cancelled', 'failed'], to: 'running' },
  cancel: { from: ['running', 'paused', 'failed'], to: 'cancelled' },
}

function isSkipped({ state, pass }: StepRecord): boolean {
  return state === 'done' && pass === 0
}

function find(steps: readonly StepRecord[], order: DataOrder, wanted: string | undefined): StepRecord {
  const possible = steps.filter(({ state }) => orders[order].from.includes(state))
  const matches = wanted === undefined ? possible : steps.filter(({ migration }) => migration.startsWith(wanted))
  const exact = matches.find(({ migration }) => migration === wanted)
  const [only] = matches
  if (exact !== undefined) return exact
  if (only === undefined || matches.length > 1) throw stepUnknown(wanted, steps.map(({ migration }) => migration))
  return only
}
