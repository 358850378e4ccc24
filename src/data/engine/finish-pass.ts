import { describeKey } from '../batch/key-range.ts'
import { checkFailed, rowsQuarantined } from '../errors.ts'
import { candidatesOf } from '../step/candidates.ts'
import { cutSlices } from '../step/cut-slices.ts'
import { forgetDone, keepUntouched, readQuarantined } from '../store/quarantine.ts'
import type { StepId, StepState } from '../store/step-record.ts'
import { writeGoingOn, writeSlices, writeState } from '../store/write-step.ts'
import type { BatchJob } from './run-batch.ts'
import type { Connection } from '../../postgres/connect.ts'
import { inTransaction } from '../../postgres/in-transaction.ts'

const mostPasses = 5

/** What comes after the slices of a pass: another pass, or the end. */
export type PassEnd = 'done' | 'go on' | Exclude<StepState, 'done'>

/**
 * Judges a step whose slices are all done, while nobody else can: done where `check` finds nothing, another pass over
 * the rows that it finds where they became fewer. Harmless where somebody else was first.
 * @throws DATA_ROWS_QUARANTINED, DATA_CHECK_FAILED; the step is recorded as failed
 */
export async function finishPass(connection: Connection, job: BatchJob, slices: number): Promise<PassEnd> {
  const { id } = job
  const { end, failure } = await inTransaction(connection, async () => {
    const { rows } = await connection.query<{ state: StepState; pass: number; leftOver: number | null; open: boolean }>(
      `SELECT state, pass, left_over::float8 AS "leftOver", EXISTS (SELECT FROM tide.data_slice s
                WHERE s.ledger_schema = t.ledger_schema AND s.migration = t.migration AND NOT s.done) AS open
         FROM tide.data_step t WHERE ledger_schema = $1 AND migration = $2 FOR UPDATE`,
      [id.schema, id.migration],
    )
    const [step] = rows
    if (step === undefined) return { end: 'cancelled' as const }
    if (step.state !== 'running') return { end: step.state }
    if (step.open) return { end: 'go on' as const }
    return judge(connection, job, { ...step, slices })
  })
  if (failure !== undefined) throw failure
  return end
}

interface Judgement {
  readonly end: PassEnd
  readonly failure?: Error
}

async function judge(
  connection: Connection,
  job: BatchJob,
  at: { readonly pass: number; readonly leftOver: number | null; readonly slices: number },
): Promise<Judgement> {
  const { id, direction } = job
  await forgetDone(connection, id, at.pass)
  const quarantine = await readQuarantined(connection, id, null)
  const left = direction === 'up' ? await countLeft(connection, job.step.check) : quarantine.length
  if (left === 0) {
    if (direction === 'up') await keepUntouched(connection, id)
    for (const table of direction === 'up' ? ['tide.data_batch'] : ['tide.data_quarantine', 'tide.data_batch']) {
      await connection.query(`DELETE FROM ${table} WHERE ledger_schema = $1 AND migration = $2`, [id.schema, id.migration])
    }
    await writeState(connection, id, 'done')
    return { end: 'done' }
  }
  if (quarantine.length > 0 && left <= quarantine.length) {
    const names = job.target.key.map(({ name }) => name)
    const shown = quarantine.slice(0, 10).map(({ key, reason }) => ({ key: describeKey(names, key), reason }))
    return fail(connection, id, rowsQuarantined(id.migration, shown, quarantine.length))
  }
  const isProgress = at.leftOver === null || left < at.leftOver
  if (at.pass >= mostPasses || !isProgress) return fail(connection, id, checkFailed(id.migration, left, at.pass))
  await openPass(connection, job, { pass: at.pass + 1, slices: at.slices })
  await connection.query('UPDATE tide.data_step SET left_over = $3 WHERE ledger_schema = $1 AND migration = $2', [
    id.schema,
    id.migration,
    left,
  ])
  return { end: 'go on' }
}

/** Begins another pass, over the rows that are left. Within the caller's transaction. */
export async function openPass(
  connection: Connection,
  job: BatchJob,
  { pass, slices, hash }: { readonly pass: number; readonly slices: number; readonly hash?: string },
): Promise<void> {
  const { id, target, direction, step } = job
  const candidates = candidatesOf(step, target, { id, pass, direction })
  const { ranges } = await cutSlices(connection, target, candidates, { slices, isWhole: false })
  await writeSlices(connection, id, pass, ranges)
  await writeGoingOn(connection, id, { hash: hash ?? step.hash, pass })
}

/** How many rows a check finds. */
export async function countLeft(connection: Connection, check: string): Promise<number> {
  const { rows } = await connection.query<{ count: number }>(`SELECT count(*)::float8 AS count FROM (${check}\n) AS tide_left`)
  return rows[0]?.count ?? 0
}

async function fail(connection: Connection, id: StepId, failure: Error): Promise<Judgement> {
  await writeState(connection, id, 'failed', failure.message)
  return { end: 'failed', failure }
}
