import { stepCancelled, undoUnfinished } from '../errors.ts'
import { candidatesOf } from '../step/candidates.ts'
import { cutSlices } from '../step/cut-slices.ts'
import { validateStep } from '../step/validate-step.ts'
import { storeLock } from '../store/create-store.ts'
import { forgetFound } from '../store/quarantine.ts'
import { isWhole, readStep, type StepRecord } from '../store/step-record.ts'
import { readDoneRanges, writeGoingOn, writeSlices, writeStart, writeState } from '../store/write-step.ts'
import { countLeft, openPass } from './finish-pass.ts'
import type { BatchJob } from './run-batch.ts'
import type { Connection } from '../../postgres/connect.ts'
import { inTransaction } from '../../postgres/in-transaction.ts'

/** What a batched step begins with, besides what it is. */
export interface Beginning {
  readonly ledgerId: string
  /** How many slices the key space is cut into, at most. */
  readonly slices: number
}

/**
 * Begins a batched step, or goes on with one that was begun: slices and cursors are there when it returns. Two
 * processes that begin at once begin one step.
 * @returns the step as it stands; `done` where nothing is left
 * @throws DATA_STATEMENT_INVALID, DATA_CHECK_KEY, DATA_KEY_CHANGED, DATA_CANCELLED, DATA_UNDO_UNFINISHED
 */
export async function beginStep(
  connection: Connection,
  job: BatchJob,
  beginning: Beginning,
): Promise<StepRecord | undefined> {
  await inTransaction(connection, async () => {
    await connection.query(`SELECT pg_advisory_xact_lock(${storeLock})`)
    const known = await readStep(connection, job.id)
    // A migration that was applied anew has another row in the ledger: what is known is of the one before.
    const isSame = known?.ledgerId === beginning.ledgerId
    if (isSame && known.direction === 'down' && job.direction === 'up' && known.state !== 'done') {
      throw undoUnfinished(job.id.migration)
    }
    if (!isSame || known.direction !== job.direction) {
      return beginAnew(connection, job, beginning, isSame ? known : undefined)
    }
    if (known.state === 'done') return
    if (known.state === 'cancelled') throw stepCancelled(job.id.migration)
    await validateStep(connection, job.step, job.target, job.direction)
    if (known.state === 'failed' && known.slicesLeft === 0) {
      const pass = known.pass + 1
      await connection.query('UPDATE tide.data_step SET left_over = NULL WHERE ledger_schema = $1 AND migration = $2', [
        job.id.schema,
        job.id.migration,
      ])
      await openPass(connection, job, { pass, slices: beginning.slices })
    } else {
      await writeGoingOn(connection, job.id, { hash: job.step.hash, pass: known.pass })
    }
  })
  return readStep(connection, job.id)
}

async function beginAnew(
  connection: Connection,
  job: BatchJob,
  { ledgerId, slices }: Beginning,
  before: StepRecord | undefined,
): Promise<void> {
  const { id, step, target, direction } = job
  await validateStep(connection, step, target, direction)
  const candidates = candidatesOf(step, target, { id, pass: 1, direction })
  const isNothingToDo = direction === 'up' && (await countLeft(connection, step.check)) === 0
  // The way back goes through what was done, and no further.
  const isPartial = direction === 'down' && before !== undefined && !isWhole(before)
  const done = isPartial ? await readDoneRanges(connection, id) : undefined
  const extent = isNothingToDo
    ? { total: 0, ranges: [] }
    : await cutSlices(connection, target, candidates, { slices, isWhole: true })
  const total = done === undefined ? extent.total : (before?.visited ?? 0)
  await writeStart(connection, id, {
    ledgerId,
    direction,
    hash: step.hash,
    description: step.description,
    table: target.table,
    keyColumns: target.key.map(({ name }) => name),
    total,
    isOfRecorded: direction === 'down' && before !== undefined,
  })
  await writeSlices(connection, id, 1, done ?? extent.ranges)
  if (isNothingToDo) await writeState(connection, id, 'done')
}

/** Opens another pass over a step that was done, for rows that came in since. */
export async function reopenStep(connection: Connection, job: BatchJob, slices: number): Promise<void> {
  await inTransaction(connection, async () => {
    await connection.query(`SELECT pg_advisory_xact_lock(${storeLock})`)
    const known = await readStep(connection, job.id)
    const left = await countLeft(connection, job.step.check)
    if (known?.state !== 'done' || left === 0) return
    await forgetFound(connection, job.id, job.target.key, job.step.check)
    await openPass(connection, job, { pass: known.pass + 1, slices })
    await connection.query(
      'UPDATE tide.data_step SET left_over = NULL, total = $3 WHERE ledger_schema = $1 AND migration = $2',
      [job.id.schema, job.id.migration, known.visited + left],
    )
  })
}
