import { interrupted, lockTimeout } from './errors.ts'
import type { RunSession } from './run-session.ts'
import { type Blocker, describeSession } from './sessions.ts'
import { watchBlockers } from './watch-blockers.ts'
import type { Failure } from '../errors/failure.ts'
import type { CommitGroup } from '../postgres/statements/commit-groups.ts'
import { explainGroupError, type GroupFrame, groupScript } from '../postgres/statements/group-script.ts'
import { rollBack, type ScriptError, sendScript } from '../postgres/statements/send-script.ts'
import { sqlstate, sqlstateOf } from '../postgres/sqlstate.ts'

/** A commit group to run, and what goes with it. */
export interface GroupRun {
  readonly group: CommitGroup
  /** What is written down in the group's own transaction. */
  readonly frame?: GroupFrame
  /**
   * For a statement outside a transaction: looks at what an attempt before this one left.
   * `done` where nothing is left to do.
   */
  readonly prepare?: (attempt: number) => Promise<'run' | 'done'>
}

/**
 * Runs a commit group: the one place with lock timeouts, pauses and retries.
 * A transactional group waits `lockTimeoutMs` for each lock; where that is not enough it is rolled back, so that
 * everybody whom it made wait can pass, and tried again as a whole after a growing pause, for `lockBudgetMs` in all.
 * @returns the number of attempts
 * @throws STATEMENT_FAILED, APPLY_LOCK_TIMEOUT naming who held the lock, APPLY_INTERRUPTED
 */
export async function runCommitGroup(session: RunSession, run: GroupRun): Promise<number> {
  const { ports } = session
  const startedAt = ports.now()
  const script = groupScript(run.group, withLockTimeout(run, session))
  let blockers: readonly Blocker[] = []
  for (let attempts = 1; ; attempts++) {
    if (session.signal?.aborted === true) throw interrupted()
    const outcome = await attempt(session, script.text, () => run.prepare?.(attempts))
    if (outcome.problem === undefined) return attempts
    if (run.group.transactional) await rollBack(session.connection)
    const failure = explainGroupError(outcome.problem, script, run.group)
    if (!isLockProblem(outcome.problem)) throw failure
    if (outcome.blockers.length > 0) blockers = outcome.blockers
    const pauseMs = pauseAfter(attempts) * (0.5 + ports.random())
    const spentMs = ports.now() - startedAt
    if (spentMs + pauseMs > session.lockBudgetMs) throw giveUp(failure, { attempts, spentMs, blockers })
    session.report({ stage: 'waiting for a lock', detail: blockers.map(describeSession).join(', ') })
    await ports.sleep(pauseMs, session.signal)
  }
}

/** 100 ms, doubled each time, 5 s at most. */
function pauseAfter(attempts: number): number {
  return Math.min(100 * 2 ** (attempts - 1), 5000)
}

async function attempt(
  session: RunSession,
  text: string,
  prepare: () => Promise<'run' | 'done'> | undefined,
): Promise<{ readonly problem: ScriptError | undefined; readonly blockers: readonly Blocker[] }> {
  const watch = watchBlockers(session)
  let problem: ScriptError | undefined
  try {
    if ((await prepare()) !== 'done') problem = await sendScript(session.connection, text)
  } catch (error) {
    problem = { error, completed: 0 }
  }
  return { problem, blockers: await watch.stop() }
}

/** The file's own SET LOCAL comes later and wins. */
function withLockTimeout({ group, frame = {} }: GroupRun, session: RunSession): GroupFrame {
  if (!group.transactional) return frame
  return { ...frame, settings: [`SET LOCAL lock_timeout = ${String(session.lockTimeoutMs)}`] }
}

const passing: ReadonlySet<string> = new Set([
  sqlstate.lockNotAvailable,
  sqlstate.deadlockDetected,
  sqlstate.serializationFailure,
])

/** Problems that end by themselves once others have finished. */
function isLockProblem({ error }: ScriptError): boolean {
  const state = sqlstateOf(error)
  return state !== undefined && passing.has(state)
}

function giveUp(
  failure: Failure,
  tried: { readonly attempts: number; readonly spentMs: number; readonly blockers: readonly Blocker[] },
): Failure {
  return lockTimeout(failure.details.where ?? {}, { ...tried, seconds: Math.round(tried.spentMs / 100) / 10 })
}
