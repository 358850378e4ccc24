import type { DataContext } from '../define-data.ts'
import { checkFailed, retriesExhausted, stepCancelled, stepFailed, transactionEnded } from '../errors.ts'
import type { LoadedTransactionStep } from '../step/load-step.ts'
import { validateStep } from '../step/validate-step.ts'
import { storeLock } from '../store/create-store.ts'
import { readStep, type StepId } from '../store/step-record.ts'
import { writeStart, writeState } from '../store/write-step.ts'
import type { Engine } from './engine.ts'
import { countLeft } from './finish-pass.ts'
import { judgeError, reasonOf } from './judge-error.ts'
import { isFailure } from '../../errors/failure.ts'
import type { Connection } from '../../postgres/connect.ts'
import { inTransaction } from '../../postgres/in-transaction.ts'

interface OnceJob {
  readonly id: StepId
  readonly step: LoadedTransactionStep
  readonly direction: 'up' | 'down'
  readonly ledgerId: string
  readonly context: (connection: Connection) => Promise<DataContext>
}

/**
 * A step that is one transaction: what it changes, its check and its record commit together. Tried again where a lock
 * or another transaction stood in its way.
 * @throws DATA_STEP_FAILED, DATA_CHECK_FAILED, DATA_TRANSACTION_ENDED, DATA_CANCELLED, DATA_RETRIES_EXHAUSTED
 */
export async function runOnce(connection: Connection, engine: Engine, job: OnceJob): Promise<void> {
  const { ports } = engine
  const startedAt = ports.now()
  // Before the transaction: the client takes a moment to load.
  const context = await job.context(connection)
  for (let trials = 1; ; trials++) {
    try {
      await inTransaction(connection, () => runInTransaction(connection, engine, job, context))
      return
    } catch (error) {
      if (isFailure(error)) throw error
      const { migration } = job.id
      if (judgeError(error) !== 'again') throw stepFailed(migration, reasonOf(error), 'Nothing of it was kept.')
      const pauseMs = Math.min(100 * 2 ** (trials - 1), 5000) * (0.5 + ports.random())
      if (ports.now() - startedAt + pauseMs > engine.retryBudgetMs) {
        throw retriesExhausted(migration, Math.round(engine.retryBudgetMs / 1000), reasonOf(error))
      }
      await ports.sleep(pauseMs, engine.signal)
    }
  }
}

async function runInTransaction(
  connection: Connection,
  engine: Engine,
  job: OnceJob,
  context: DataContext,
): Promise<void> {
  const { id, step, direction } = job
  const run = step[direction]
  if (typeof run !== 'function') return
  await connection.query(`SELECT pg_advisory_xact_lock(${storeLock})`)
  const known = await readStep(connection, id)
  const isSame = known?.ledgerId === job.ledgerId && known.direction === direction
  if (isSame && known.state === 'done') return
  if (isSame && known.state === 'cancelled') throw stepCancelled(id.migration)
  await validateStep(connection, step, undefined, direction)
  await writeStart(connection, id, {
    ledgerId: job.ledgerId,
    direction,
    hash: step.hash,
    description: step.description,
    table: undefined,
    keyColumns: [],
    total: 0,
  })
  const before = await currentTransaction(connection)
  if (direction === 'down' || (await countLeft(connection, step.check)) > 0) {
    await connection.query(`SET LOCAL lock_timeout = ${engine.lockTimeoutMs}`)
    await run(context)
  }
  if ((await currentTransaction(connection)) !== before) throw transactionEnded(id.migration)
  const left = direction === 'up' ? await countLeft(connection, step.check) : 0
  if (left > 0) throw checkFailed(id.migration, left, 1)
  await writeState(connection, id, 'done')
}

async function currentTransaction(connection: Connection): Promise<string> {
  const { rows } = await connection.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id')
  return rows[0]?.id ?? ''
}
