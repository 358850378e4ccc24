import { sqlstate, sqlstateOf } from './sqlstate.ts'

/** How long to let others pass before the next attempt: 100 ms, doubled each time, 5 s at most. */
export function pauseAfter(attempts: number): number {
  return Math.min(100 * 2 ** (attempts - 1), 5000)
}

const passing: ReadonlySet<string> = new Set([
  sqlstate.lockNotAvailable,
  sqlstate.deadlockDetected,
  sqlstate.serializationFailure,
])

/** True for problems that end by themselves once others have finished. */
export function isLockProblem(error: unknown): boolean {
  const state = sqlstateOf(error)
  return state !== undefined && passing.has(state)
}
