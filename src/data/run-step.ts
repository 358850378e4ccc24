import { setMaxListeners } from 'node:events'
import { machinePorts } from '../apply/ports.ts'
import { clientUnavailable, dataInterrupted, stepCancelled, stepFailed } from './errors.ts'
import { createBrakes } from './brakes/create-brakes.ts'
import { countBatches, tellHeld } from './brakes/held-step.ts'
import { accessModel, type ModelAccess } from './client/rows-access.ts'
import { loadSnapshotClient } from './client/snapshot-client.ts'
import { createStepContexts, type StepContexts } from './client/step-context.ts'
import { beginStep, reopenStep } from './engine/begin-step.ts'
import { changeByFunction, changeBySql, type ChangeBatch } from './engine/change-batch.ts'
import { type Engine, type EngineOptions } from './engine/engine.ts'
import { whileLed } from './engine/while-led.ts'
import { finishPass } from './engine/finish-pass.ts'
import type { BatchJob } from './engine/run-batch.ts'
import { runOnce } from './engine/run-once.ts'
import { type Crew, work } from './engine/worker.ts'
import { readUndoColumns, recording, restoring } from './engine/recorded-undo.ts'
import { isRecorded, type LoadedRowsStep, type LoadedSqlStep, type LoadedStep } from './step/load-step.ts'
import { requireReadableKey } from './step/readable-key.ts'
import { readTarget, type StepTarget } from './step/read-target.ts'
import { createStore } from './store/create-store.ts'
import { hasUntouched } from './store/quarantine.ts'
import { readStep, type StepId, type StepRecord } from './store/step-record.ts'
import { writeState } from './store/write-step.ts'
import { Bug } from '../errors/bug.ts'
import { isFailure } from '../errors/failure.ts'
import type { Connection } from '../postgres/connect.ts'
import { readSnapshot } from '../project/scripts/snapshot.ts'

/** What is to be done with a data step. */
export interface StepRun {
  readonly step: LoadedStep
  readonly direction: 'up' | 'down'
  /** Of the migration's row in Prisma's ledger. */
  readonly ledgerId: string
  /** A step that is done is gone through again for the rows that its check finds. */
  readonly recheck?: boolean
}

/** What was done with it, by this process and others, since it began. */
export interface StepOutcome {
  readonly migration: string
  readonly rows: number
  readonly batches: number
  readonly longestMs: number
  readonly ms: number
}

/**
 * Runs a data step to its end, or goes on with one that was begun: by this process's workers, together with those of
 * others. Safe to be killed at any moment: the same call goes on, and no row is changed twice.
 * @throws DATA_*, POSTGRES_*
 */
export async function runStep(options: EngineOptions, run: StepRun): Promise<StepOutcome> {
  const engine = withDefaults(options)
  const startedAt = engine.ports.now()
  const id = { schema: engine.database.schema, migration: run.step.migration }
  const record = await whileLed(engine, async (connection) => {
    await createStore(connection)
    if (run.step.form === 'transaction') {
      await runOnce(connection, engine, { ...run, id, step: run.step, context: contextsOf(engine, run.step) })
    } else {
      await runBatches(connection, engine, id, { ...run, step: run.step })
    }
    return readStep(connection, id)
  })
  return {
    migration: id.migration,
    rows: record?.changed ?? 0,
    batches: record?.batches ?? 0,
    longestMs: Math.round(record?.longestMs ?? 0),
    ms: Math.round(engine.ports.now() - startedAt),
  }
}

function withDefaults(options: EngineOptions): Engine {
  return {
    workers: 2,
    targetMs: 100,
    lockTimeoutMs: 200,
    retryBudgetMs: 60_000,
    brakes: {},
    report: () => undefined,
    signal: new AbortController().signal,
    ports: machinePorts,
    ...options,
  }
}

type BatchedRun = Omit<StepRun, 'step'> & { readonly step: LoadedSqlStep | LoadedRowsStep }

async function runBatches(connection: Connection, engine: Engine, id: StepId, run: BatchedRun): Promise<void> {
  const { step, direction } = run
  const means = meansOf(engine, run)
  const target = await readTarget(connection, { ...means, owner: `The data step of ${id.migration}` }, id.schema)
  if (step.form === 'rows') await requireReadableKey(connection, id.migration, target)
  const change = await withUndo(connection, run, id, target, means)
  const job: BatchJob = { id, step, direction, target, change, prepare: means.prepare }
  const slices = Math.max(16, engine.workers * 8)
  if (run.recheck === true) await reopenStep(connection, job, slices)
  let record = await beginStep(connection, job, { ledgerId: run.ledgerId, slices })
  const begun: BatchJob = { ...job, hasUntouched: direction === 'down' && (await hasUntouched(connection, id)) }
  while (record !== undefined && record.state !== 'done') {
    await workTogether(connection, engine, begun, record)
    const end = await finishPass(connection, job, slices)
    record = await readStep(connection, id)
    if (end === 'cancelled') throw stepCancelled(id.migration)
    // Another process met what it could not go on with.
    if (end === 'failed') throw stepFailed(id.migration, record?.reason ?? 'Another process says so.', '')
    if (engine.signal.aborted && record?.state !== 'done') throw interruptedAt(record, id)
  }
}

/** All workers of this process, until none finds anything to do. The first failure stops the others. */
async function workTogether(connection: Connection, engine: Engine, job: BatchJob, record: StepRecord): Promise<void> {
  const { id } = job
  const stopping = new AbortController()
  const signal = AbortSignal.any([engine.signal, stopping.signal])
  // Each worker listens while it rests.
  setMaxListeners(0, signal)
  const stage = job.direction === 'up' ? 'moving data' : 'moving data back'
  const total = record.total
  let done = record.visited
  const tell = (): void => {
    engine.report({ stage, done: Math.min(done, total), total, detail: id.migration })
  }
  tell()
  const progress: Crew['progress'] = ({ visited }) => {
    done += visited
    tell()
  }
  const brakes = createBrakes(engine, {
    name: id.migration,
    signal,
    tell: (session, reason) => tellHeld(session, id, reason),
    countBatches,
  })
  let isOver = false
  const crew: Crew = { engine, job, signal, brakes, progress, isOver: () => isOver }
  const guarded = async (place: number): Promise<Awaited<ReturnType<typeof work>>> => {
    try {
      const end = await work(crew, place)
      isOver = true
      return end
    } catch (error) {
      stopping.abort()
      throw error
    }
  }
  const results = await Promise.allSettled(Array.from({ length: engine.workers }, (_, place) => guarded(place)))
  await brakes.close()
  const failed = results.find((one) => one.status === 'rejected')
  if (failed !== undefined) {
    const reason: unknown = failed.reason
    if (isFailure(reason)) await writeState(connection, id, 'failed', reason.message)
    throw reason
  }
  const ends = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  if (ends.includes('cancelled')) throw stepCancelled(id.migration)
  if (engine.signal.aborted) throw interruptedAt(await readStep(connection, id), id)
}

function interruptedAt(record: StepRecord | undefined, { migration }: StepId): Error {
  return dataInterrupted(migration, record?.visited ?? 0, record?.total ?? 0)
}

/** Where the way back is recorded, `up` writes it down and `down` follows it. */
async function withUndo(
  connection: Connection,
  { step, direction }: BatchedRun,
  id: StepId,
  target: StepTarget,
  means: Means,
): Promise<ChangeBatch> {
  if (!isRecorded(step.down)) return means.change(target)
  const columns = await readUndoColumns(connection, id, target, step.down.restore.map(means.columnOf))
  return direction === 'down' ? restoring(id, target, columns) : recording(id, target, columns, means.change(target))
}

/** What a step changes with, and what it goes through. */
interface Means {
  readonly table: string
  readonly key: readonly string[] | undefined
  readonly change: (target: StepTarget) => ChangeBatch
  readonly prepare: (connection: Connection) => Promise<unknown>
  /** The column that the step means by a name. */
  readonly columnOf: (name: string) => string
}

/** The table that a step goes through, as the database calls it; undefined for one that is one transaction. */
export function tableOf(step: LoadedStep): string | undefined {
  if (step.form !== 'rows') return step.form === 'sql' ? step.table : undefined
  const nobody = (): never => {
    throw new Bug('A step that is not run has no client.')
  }
  return accessOf(step, nobody).table
}

function accessOf(step: LoadedRowsStep, contexts: StepContexts): ModelAccess {
  const snapshot = readSnapshot(step.directory)
  if (snapshot === undefined) throw clientUnavailable(step.migration, 'No schema.prisma stands beside data.ts.')
  return accessModel(step, { path: snapshot.file, text: snapshot.text }, contexts)
}

function meansOf(engine: Engine, { step, direction }: BatchedRun): Means {
  const unreachable = (): never => {
    throw new Bug('A step without a way back is not run backwards.')
  }
  if (step.form === 'sql') {
    const write = step[direction]
    return {
      table: step.table,
      key: step.key,
      change: (target) => (typeof write === 'function' ? changeBySql(step, write, target, direction) : unreachable()),
      prepare: () => Promise.resolve(),
      columnOf: (name) => name,
    }
  }
  const access = accessOf(step, contextsOf(engine, step))
  const change = step[direction]
  return {
    table: access.table,
    key: access.key,
    change: (target) => (typeof change === 'function' ? changeByFunction(step, change, target, { access, direction }) : unreachable()),
    prepare: async (connection) => access.read(await access.context(connection), 'SELECT 1 AS ready'),
    columnOf: access.columnOf,
  }
}

function contextsOf({ database, place }: Engine, step: LoadedStep): StepContexts {
  const hasClient = readSnapshot(step.directory) !== undefined
  const load = hasClient ? () => loadSnapshotClient(step, place) : undefined
  return createStepContexts(step.migration, database.schema, load)
}
