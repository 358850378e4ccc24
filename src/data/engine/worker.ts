import type { Brakes } from '../brakes/create-brakes.ts'
import { afterBatch, afterFailure, firstPace, type Pace } from '../batch/batch-size.ts'
import { describeKey } from '../batch/key-range.ts'
import { checkFailed, retriesExhausted, stepFailed } from '../errors.ts'
import type { StepState } from '../store/step-record.ts'
import { type Engine, mostQuarantined } from './engine.ts'
import { judgeError, reasonOf, sqlstateBehind } from './judge-error.ts'
import { type BatchJob, type BatchLimits, type BatchResult, type FailedBatch, quarantineRow, runBatch, StillFound } from './run-batch.ts'
import { isFailure } from '../../errors/failure.ts'
import { connect, type Connection } from '../../postgres/connect.ts'

/** While others use the database: a batch holds its rows, and the log, for about so long, in milliseconds … */
const politeMs = 25
/** … and rests behind it for so many times that. */
const restShare = 1

/** What the workers of a process share. */
export interface Crew {
  readonly engine: Engine
  readonly job: BatchJob
  /** Aborted where one of them failed, or the run is to stop. */
  readonly signal: AbortSignal
  readonly brakes: Pick<Brakes, 'isPolite' | 'pass'>
  /** True once one of them found nothing left. */
  readonly isOver: () => boolean
  /** Called after every batch. */
  readonly progress: (batch: BatchResult) => void
}

/** Why a worker ended. */
export type WorkerEnd = 'nothing left' | 'stopped' | Exclude<StepState, 'running' | 'paused'> | 'gone'

/**
 * One worker: a session of its own that does batch after batch until nothing is left, the step is ended by somebody, or
 * the signal is aborted.
 * @throws DATA_STEP_FAILED, DATA_RETRIES_EXHAUSTED, DATA_KEY_CHANGED, DATA_TRANSACTION_ENDED
 */
export async function work(crew: Crew, place: number): Promise<WorkerEnd> {
  const { engine, job } = crew
  const worker = newWorker()
  const isStopped = (): boolean => crew.signal.aborted
  try {
    while (!isStopped()) {
      await crew.brakes.pass()
      if (isStopped()) break
      // One at a time is what others hardly notice.
      if (place > 0 && crew.brakes.isPolite()) {
        if (crew.isOver()) return 'nothing left'
        await engine.ports.sleep(100, crew.signal)
        continue
      }
      const outcome = await attempt(worker, crew)
      if ('error' in outcome) {
        await recover(worker, crew, outcome)
        continue
      }
      worker.troubleSince = undefined
      worker.trials = 0
      const end = await afterwards(worker, crew, outcome)
      if (end !== undefined) return end
      if (crew.brakes.isPolite()) await engine.ports.sleep(outcome.ms * restShare, crew.signal)
    }
    return 'stopped'
  } finally {
    await worker.connection?.end().catch(() => undefined)
  }

  async function afterwards(one: Worker, { progress }: Crew, result: BatchResult): Promise<WorkerEnd | undefined> {
    if (result.slice !== undefined) {
      one.before = result.slice
      // After a failure batches do not grow again before some have gone well: a bad row is near.
      if (one.caution > 0) one.caution--
      else one.pace = afterBatch(one.pace, { rows: result.visited, ms: result.ms }, targetOf(crew))
      progress(result)
      return undefined
    }
    if (result.state === 'paused') {
      await engine.ports.sleep(500, crew.signal)
      return undefined
    }
    if (result.state !== 'running') return result.state
    if (!(await isSliceLeft(one.connection, job))) return 'nothing left'
    // Others hold what is left; one of them may be killed.
    await engine.ports.sleep(50, crew.signal)
    return undefined
  }
}

interface Worker {
  connection: Connection | undefined
  pace: Pace
  before: number | undefined
  /** When a batch began to fail for reasons that pass by themselves. */
  troubleSince: number | undefined
  trials: number
  /** Batches to come that may not grow. */
  caution: number
}

function newWorker(): Worker {
  const nothing = { connection: undefined, before: undefined, troubleSince: undefined }
  return { ...nothing, pace: firstPace, trials: 0, caution: 0 }
}

async function attempt(worker: Worker, crew: Crew): Promise<BatchResult | FailedBatch> {
  const { engine, job } = crew
  try {
    if (worker.connection === undefined) {
      worker.connection = await connect(engine.database, { applicationName: 'tide data' })
      await job.prepare(worker.connection)
    }
  } catch (error) {
    return { error, slice: undefined, key: undefined }
  }
  return runBatch(worker.connection, job, limitsOf(worker, crew))
}

/** How long a batch should take now. */
function targetOf({ engine, brakes }: Crew): number {
  return brakes.isPolite() ? Math.min(engine.targetMs, politeMs) : engine.targetMs
}

function limitsOf(worker: Worker, crew: Crew): BatchLimits {
  const { engine } = crew
  const { size: most, rate = 0 } = worker.pace
  // Others may have come since the last batch.
  const size = rate === 0 ? most : Math.max(1, Math.min(most, Math.max(25, Math.round(rate * targetOf(crew)))))
  return {
    size,
    lockTimeoutMs: engine.lockTimeoutMs,
    // A single row has the time it needs; many are taken back and tried as fewer.
    statementTimeoutMs: size > 1 ? engine.targetMs * 1.8 : Math.max(30_000, engine.targetMs * 10),
    before: worker.before,
    rate: rate * 1000,
    now: engine.ports.now,
  }
}

async function recover(worker: Worker, crew: Crew, failed: FailedBatch): Promise<void> {
  const { engine, job } = crew
  const { error } = failed
  const remedy = worker.connection === undefined ? 'reconnect' : judgeError(error)
  if (remedy === 'stop') throw isFailure(error) ? error : failedAs(job, error)
  if (remedy === 'shorter' || remedy === 'split') {
    if (failed.slice !== undefined) worker.before = failed.slice
    if (worker.pace.size > 1) {
      worker.pace = afterFailure(worker.pace)
      worker.caution = remedy === 'split' ? 12 : 1
      return
    }
    if (remedy === 'split' || worker.trials >= 2) return setAside(worker, crew, failed)
  }
  if (remedy === 'reconnect') {
    await worker.connection?.end().catch(() => undefined)
    worker.connection = undefined
  }
  const now = engine.ports.now()
  worker.troubleSince ??= now
  worker.trials++
  if (now - worker.troubleSince > engine.retryBudgetMs) {
    throw retriesExhausted(job.id.migration, Math.round(engine.retryBudgetMs / 1000), reasonOf(error))
  }
  const pauseMs = Math.min(50 * 2 ** Math.min(worker.trials, 7), 3000) * (0.5 + engine.ports.random())
  await engine.ports.sleep(pauseMs, crew.signal)
}

async function setAside(worker: Worker, crew: Crew, { error, key }: FailedBatch): Promise<void> {
  const { job } = crew
  // Without a key or a session there is nothing to set aside: the next trial tells.
  if (key === undefined || worker.connection === undefined) {
    worker.trials++
    if (worker.trials > 5) throw failedAs(job, error)
    return
  }
  const reason = reasonOf(error)
  const why = { key, sqlstate: sqlstateBehind(error), reason, isChanged: error instanceof StillFound }
  const count = await quarantineRow(worker.connection, job, limitsOf(worker, crew), why)
  worker.trials = 0
  worker.caution = 0
  if (count !== undefined && count >= mostQuarantined) {
    if (error instanceof StillFound) throw checkFailed(job.id.migration, count, 2)
    const last = describeKey(job.target.key.map(({ name }) => name), key)
    throw stepFailed(job.id.migration, `${count} rows could not be changed; the last was ${last}: ${reason}`, kept)
  }
}

const kept = 'The batches before it are committed, and each of their rows was changed once.'

function failedAs({ id }: BatchJob, error: unknown): Error {
  return stepFailed(id.migration, reasonOf(error), kept)
}

async function isSliceLeft(connection: Connection | undefined, { id }: BatchJob): Promise<boolean> {
  const result = await connection?.query(
    'SELECT FROM tide.data_slice WHERE ledger_schema = $1 AND migration = $2 AND NOT done LIMIT 1',
    [id.schema, id.migration],
  )
  return result?.rowCount === 1
}
