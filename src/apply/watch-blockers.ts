import type { RunSession } from './run-session.ts'
import { type Blocker, readBlockers } from './sessions.ts'

/** Watches whom the working session waits for. */
export interface BlockerWatch {
  /** Ends the watching. Gives those that were seen last, none where it never waited. */
  stop(): Promise<readonly Blocker[]>
}

/** Begins to look after 50 ms, so that a fast statement costs nothing; then at most once a second. */
export function watchBlockers(session: RunSession): BlockerWatch {
  const stopping = new AbortController()
  let seen: readonly Blocker[] = []
  const loop = async (): Promise<void> => {
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 1.3, 1000)) {
      await session.ports.sleep(pauseMs, stopping.signal)
      if (stopping.signal.aborted) return
      const monitor = await session.monitor()
      if (monitor === undefined) return
      const now = await readBlockers(monitor, session.pid)
      if (now.length > 0) seen = now
    }
  }
  // Who blocks is told where it can be; a watch that fails must not fail the run.
  const watching = loop().catch(() => undefined)
  return {
    stop: async () => {
      stopping.abort()
      await watching
      return seen
    },
  }
}
