import type { Connection } from '../../postgres/connect.ts'
import type { DatabaseUrl } from '../../postgres/database-url.ts'
import { readServerError } from '../../postgres/server-error.ts'
import { isConnectionLoss, sqlstateOf } from '../../postgres/sqlstate.ts'
import { isFailure, withCause } from '../../errors/failure.ts'
import { parseStatements } from '../../postgres/statements/parse-statements.ts'
import { commitUnknown, interrupted, serverRefused } from '../errors.ts'
import { ensureFixTables } from '../journal/fix-tables.ts'
import { finishRun, type RunHead, runTable, type RunTable } from '../journal/runs.ts'
import type { NearRows } from '../rows/capture-images.ts'
import { readBaseline } from '../rows/changed-tables.ts'
import { type AttemptOptions, inAttempts } from './attempts.ts'
import { collectImages, type CollectedTable } from './collect-images.ts'
import { type HeldLock, readLocks } from './read-locks.ts'
import { type FixSessions, openFixSessions, whileWatching } from './sessions.ts'
import { type Contention, watchContention } from './watch-contention.ts'

/** A run to perform: a script's, or an undo's. */
export interface RunPlan extends AttemptOptions {
  readonly database: DatabaseUrl
  /** Shown to others in `pg_stat_activity`. */
  readonly command: string
  readonly head: RunHead
  /** False: everything is rolled back at the end. */
  readonly commit: boolean
  /** How many rows of each table are sampled. */
  readonly samples: number
  /** Changes the rows, deferred triggers among them. May be called again from the beginning. */
  readonly change: (sessions: FixSessions) => Promise<void>
  /** Refuses what was found, before it is committed: the tables that were touched, and the number of the run. */
  readonly check?: (work: Connection, tables: readonly RunTable[], run: string) => Promise<void>
  /** Writes what goes with the run in its transaction, after all that is compared. */
  readonly keep?: (work: Connection, run: string, tables: readonly RunTable[]) => Promise<void>
  /** Where most of the rows are that it changes, where that is known. */
  readonly near?: NearRows
}

/** What a run did. */
export interface PerformedRun {
  /** The number under which it was kept; undefined where it was rolled back. */
  readonly run: string | undefined
  readonly tables: readonly CollectedTable[]
  readonly locks: readonly HeldLock[]
  readonly contention: Contention
  readonly attempts: number
  /** From the begin of the last attempt's transaction to its end: how long its locks were held at most. */
  readonly lockedMs: number
}

/**
 * Performs a run in one transaction: begins it, lets the rows be changed, fires what is deferred, finds out what has
 * changed whoever changed it, keeps it beside the rows, and commits or rolls back. A process that is killed has
 * committed the whole or nothing.
 * @throws FIX_*
 */
export async function performRun(plan: RunPlan): Promise<PerformedRun> {
  await using sessions = await openFixSessions(plan.database, plan.command)
  // The first statement of a script would wait for the parser otherwise, with the transaction open.
  await parseStatements('SELECT', plan.command)
  if (plan.commit) await prepareJournal(sessions)
  return await performInSessions(sessions, plan)
}

/** Makes the tables in which runs are kept. */
export async function prepareJournal({ watch }: FixSessions): Promise<void> {
  await refusing('making the tables of its journal', () => ensureFixTables(watch))
}

/** The same in sessions that are open, with the journal there. */
export async function performInSessions(sessions: FixSessions, plan: RunPlan): Promise<PerformedRun> {
  const { result, attempts } = await inAttempts(plan, (waitedFor) => attempt(sessions, plan, waitedFor))
  return { ...result, attempts }
}

type Attempt = Omit<PerformedRun, 'attempts'>

async function attempt(
  sessions: FixSessions,
  plan: RunPlan,
  waitedFor: (blockers: Contention['waitedFor']) => void,
): Promise<Attempt> {
  const { work, watch } = sessions
  const startedAt = plan.ports.now()
  let pid = 0
  const cancel = (): void => {
    if (pid !== 0) watch.query('SELECT pg_cancel_backend($1)', [pid]).catch(() => undefined)
  }
  plan.signal?.addEventListener('abort', cancel)
  try {
    await work.query(`BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = ${plan.lockTimeoutMs}`)
    // Of this transaction: behind a pooler the next one may have another.
    pid = await readPid(work)
    const baseline = await readBaseline(work)
    const watching = watchContention(watch, pid, plan.ports)
    let contention: Contention
    try {
      await refusing('changing the rows', () => plan.change(sessions))
    } finally {
      contention = await watching.stop()
      waitedFor(contention.waitedFor)
    }
    const found = await refusing('reading what was changed', async () => {
      const locks = await readLocks(watch, pid)
      // A script may have become another role, which need not see the rows.
      await work.query('RESET SESSION AUTHORIZATION; RESET ROLE')
      const kept = await whileWatching(watch, plan.lockTimeoutMs, () => collectImages(sessions, baseline, plan))
      return { locks, ...kept }
    })
    const { run, tables, locks } = found
    if (run !== undefined) {
      const shapes = tables.map(({ shape, counts }) => runTable(shape, counts))
      await refusing('keeping the run', () => finishRun(work, run, shapes, plan.ports.now() - startedAt))
      await refusing('comparing what was restored', async () => plan.check?.(work, shapes, run))
      await refusing('keeping the run', async () => plan.keep?.(work, run, shapes))
    }
    if (plan.signal?.aborted === true) throw interrupted()
    if (plan.commit) await commit(work, plan.label)
    else await work.query('ROLLBACK')
    return { run: plan.commit ? run : undefined, tables, locks, contention, lockedMs: plan.ports.now() - startedAt }
  } catch (error) {
    await work.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    plan.signal?.removeEventListener('abort', cancel)
  }
}

async function readPid(work: Connection): Promise<number> {
  const { rows } = await work.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]?.pid ?? 0
}

/** What the server refuses outside of the script, told without a row's values. */
async function refusing<Result>(doing: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    if (isFailure(error) || (sqlstateOf(error) === undefined && !isConnectionLoss(error))) throw error
    throw withCause(serverRefused(doing, readServerError(error).message), error)
  }
}

async function commit(work: Connection, label: string): Promise<void> {
  try {
    await work.query('COMMIT')
  } catch (error) {
    if (isConnectionLoss(error)) throw withCause(commitUnknown(label), error)
    throw withCause(serverRefused('committing', readServerError(error).message), error)
  }
}
