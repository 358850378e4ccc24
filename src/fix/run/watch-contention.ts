import type { ApplyPorts } from '../../apply/ports.ts'
import type { Connection } from '../../postgres/connect.ts'
import { type Blocker, readBlocked, readBlockers } from '../../postgres/sessions.ts'

/** Who stood in whose way while the script ran, as far as a look now and then can tell. */
export interface Contention {
  /** Those that the run waited for, as they were seen last. */
  readonly waitedFor: readonly Blocker[]
  /** Those that waited for the run, each once. */
  readonly keptWaiting: readonly Blocker[]
}

/** A look now and then, until it is stopped. */
export interface ContentionWatch {
  stop(): Promise<Contention>
}

/** Looks with the watching session; after 50 ms first, so that a short run costs nothing, then less and less often. */
export function watchContention(watch: Connection, workPid: number, ports: ApplyPorts): ContentionWatch {
  const stopping = new AbortController()
  let waitedFor: readonly Blocker[] = []
  const keptWaiting = new Map<number, Blocker>()
  const look = async (): Promise<void> => {
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 1.3, 1000)) {
      await ports.sleep(pauseMs, stopping.signal)
      if (stopping.signal.aborted) return
      const now = await readBlockers(watch, workPid)
      if (now.length > 0) waitedFor = now
      for (const one of await readBlocked(watch, workPid)) keptWaiting.set(one.pid, one)
    }
  }
  // A look that fails must not fail the run.
  const looking = look().catch(() => undefined)
  return {
    stop: async () => {
      stopping.abort()
      await looking
      return { waitedFor, keptWaiting: [...keptWaiting.values()] }
    },
  }
}
