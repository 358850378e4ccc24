import type { ApplyPorts, Report } from '../../apply/ports.ts'
import { isLockProblem, pauseAfter } from '../../postgres/lock-retry.ts'
import { type Blocker, describeSession } from '../../postgres/sessions.ts'
import { interrupted, lockTimeout } from '../errors.ts'

/** How long locks are waited for, and what tells of it. */
export interface AttemptOptions {
  /** Begins the message: `The fix repair_totals`. */
  readonly label: string
  /** How long each attempt waits for one lock. */
  readonly lockTimeoutMs: number
  /** How long it is tried in all. */
  readonly lockBudgetMs: number
  readonly ports: ApplyPorts
  readonly report: Report
  readonly signal: AbortSignal | undefined
}

/**
 * Runs a whole transaction, and again after a growing pause where it met a lock: meanwhile it holds none, so that
 * everybody whom it made wait can pass.
 * @param once leaves nothing behind where it throws; tells whom it waited for
 * @throws FIX_LOCK_TIMEOUT, FIX_INTERRUPTED
 */
export async function inAttempts<Result>(
  options: AttemptOptions,
  once: (waitedFor: (blockers: readonly Blocker[]) => void) => Promise<Result>,
): Promise<{ readonly result: Result; readonly attempts: number }> {
  const { ports, signal } = options
  const startedAt = ports.now()
  let blockers: readonly Blocker[] = []
  for (let attempts = 1; ; attempts++) {
    if (signal?.aborted === true) throw interrupted()
    try {
      const result = await once((seen) => {
        if (seen.length > 0) blockers = seen
      })
      return { result, attempts }
    } catch (error) {
      if (!isLockProblem(rootOf(error))) throw error
      const pauseMs = pauseAfter(attempts) * (0.5 + ports.random())
      const spentMs = ports.now() - startedAt
      if (spentMs + pauseMs > options.lockBudgetMs) throw giveUp(options.label, error, { attempts, spentMs, blockers })
      options.report({ stage: 'waiting for a lock', detail: blockers.map(describeSession).join(', ') })
      await ports.sleep(pauseMs, signal)
    }
  }
}

/** A failure of the script has the server's error as its cause. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error
}

function giveUp(
  label: string,
  error: unknown,
  tried: { readonly attempts: number; readonly spentMs: number; readonly blockers: readonly Blocker[] },
): Error {
  const root = rootOf(error)
  const seen = tried.blockers.map((one) => `${describeSession(one)} held ${one.relation ?? 'what it waited for'}`)
  const reason = seen.length > 0 ? seen.join('\n') : root instanceof Error ? root.message : String(root)
  return lockTimeout(label, { attempts: tried.attempts, seconds: Math.round(tried.spentMs / 100) / 10, reason })
}
