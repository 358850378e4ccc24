import { randomInt } from 'node:crypto'
import { setTimeout as timer } from 'node:timers/promises'

/** What `up` and `down` need of the machine. Tests hand in their own. */
export interface ApplyPorts {
  /** Milliseconds from any fixed moment. */
  readonly now: () => number
  /** From 0 up to 1. */
  readonly random: () => number
  /** Resolves after the time, or at once when the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Calls the action after the time, unless the function that it gives is called before. */
  readonly after: (ms: number, action: () => void) => () => void
}

/** The machine itself. */
export const machinePorts: ApplyPorts = {
  now: () => performance.now(),
  random: () => randomInt(1_000_000) / 1_000_000,
  after: (ms, action) => {
    const pending = setTimeout(action, ms)
    return () => {
      clearTimeout(pending)
    }
  },
  sleep: async (ms, signal) => {
    try {
      await timer(ms, undefined, signal === undefined ? {} : { signal })
    } catch (error) {
      if (signal?.aborted !== true) throw error
    }
  },
}

/** How `up` and `down` tell what they are at. */
export type Report = (event: {
  readonly stage: string
  readonly done?: number
  readonly total?: number
  readonly detail?: string
}) => void
