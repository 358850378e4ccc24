import type { RunSession } from './run-session.ts'
import { type Blocker, readBlockers } from '../postgres/sessions.ts'

/** Watches whom the working session waits for. */
export interface BlockerWatch {
  /** Ends the watching. Gives those that were seen last, none where it never waited. */
  stop(): Promise<readonly Blocker[]>
}

/** Begins to look after 100 ms, so that a fast statement costs nothing; then less and less often. */
export function watchBlockers(session: RunSession): BlockerWatch {
  let stopping: AbortController | undefined
  let watching: Promise<void> | undefined
  let seen: readonly Blocker[] = []
  const watch = async (signal: AbortSignal): Promise<void> => {
    const monitor = await session.monitor()
    if (monitor === undefined) return
    for (let pauseMs = 50; !signal.aborted; pauseMs = Math.min(pauseMs * 1.3, 1000)) {
      const now = await readBlockers(monitor, session.pid)
      if (now.length > 0) seen = now
      await session.ports.sleep(pauseMs, signal)
    }
  }
  const cancel = session.ports.after(100, () => {
    stopping = new AbortController()
    // Who blocks is told where it can be seen: a watch that fails must not fail the run.
    watching = watch(stopping.signal).catch(() => undefined)
  })
  return {
    stop: async () => {
      cancel()
      stopping?.abort()
      await watching
      return seen
    },
  }
}
