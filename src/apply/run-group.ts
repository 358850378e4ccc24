import { interrupted, lockTimeout } from './errors.ts'
import type { RunSession } from './run-session.ts'
import { type Blocker, describeSession } from '../postgres/sessions.ts'
import { watchBlockers } from './watch-blockers.ts'
import type { Failure } from '../errors/failure.ts'
import { isLockProblem, pauseAfter } from '../postgres/lock-retry.ts'
import type { CommitGroup } from '../postgres/statements/commit-groups.ts'
import { countStatements, explainGroupError, type GroupFrame, groupScript } from '../postgres/statements/group-script.ts'
import { rollBack, type ScriptOutcome, sendScript } from '../postgres/statements/send-script.ts'

/** What a run cost. */
export interface RunCount {
  readonly statements: number
  /** More than one where a lock had to be waited for. */
  readonly attempts: number
}

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
 * @throws STATEMENT_FAILED, APPLY_LOCK_TIMEOUT naming who held the lock, APPLY_INTERRUPTED
 */
export async function runCommitGroup(session: RunSession, run: GroupRun): Promise<RunCount> {
  const { ports } = session
  const { group } = run
  const startedAt = ports.now()
  const script = groupScript(group, withLockTimeout(run, session))
  let blockers: readonly Blocker[] = []
  for (let attempts = 1; ; attempts++) {
    if (session.signal?.aborted === true) throw interrupted()
    const { outcome, seen } = await attempt(session, script.text, () => run.prepare?.(attempts))
    if (outcome.error === undefined) {
      return { attempts, statements: countStatements({ script, group }, outcome.completed) }
    }
    if (group.transactional) await rollBack(session.connection)
    const failure = await explainGroupError(outcome, { script, group })
    if (!isLockProblem(outcome.error)) throw failure
    if (seen.length > 0) blockers = seen
    const pauseMs = pauseAfter(attempts) * (0.5 + ports.random())
    const spentMs = ports.now() - startedAt
    if (spentMs + pauseMs > session.lockBudgetMs) throw giveUp(failure, { attempts, spentMs, blockers })
    session.report({ stage: 'waiting for a lock', detail: blockers.map(describeSession).join(', ') })
    await ports.sleep(pauseMs, session.signal)
  }
}

async function attempt(
  session: RunSession,
  text: string,
  prepare: () => Promise<'run' | 'done'> | undefined,
): Promise<{ readonly outcome: ScriptOutcome; readonly seen: readonly Blocker[] }> {
  const watch = watchBlockers(session)
  let outcome: ScriptOutcome = { completed: 0 }
  try {
    if ((await prepare()) !== 'done') outcome = await sendScript(session.connection, text)
  } catch (error) {
    outcome = { completed: 0, error }
  }
  return { outcome, seen: await watch.stop() }
}

/** The file's own SET LOCAL comes later and wins. */
function withLockTimeout({ group, frame = {} }: GroupRun, session: RunSession): GroupFrame {
  if (!group.transactional) return frame
  return { ...frame, settings: [`SET LOCAL lock_timeout = ${String(session.lockTimeoutMs)}`] }
}

function giveUp(
  failure: Failure,
  tried: { readonly attempts: number; readonly spentMs: number; readonly blockers: readonly Blocker[] },
): Failure {
  return lockTimeout(failure.details.where ?? {}, { ...tried, seconds: Math.round(tried.spentMs / 100) / 10 })
}
