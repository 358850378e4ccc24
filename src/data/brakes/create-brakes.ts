import { askProbes } from './ask-probes.ts'
import { judgeHealth } from './judge-health.ts'
import { type Health, readHealth } from './read-health.ts'
import { trafficOf, type TrafficSample, withSample } from './traffic.ts'
import type { Engine } from '../engine/engine.ts'
import { connect, type Connection } from '../../postgres/connect.ts'

/** What holds the workers of one process while it looks bad. */
export interface Brakes {
  /** Gives when no brake holds. Called before each batch. */
  readonly pass: () => Promise<void>
  /** True while others use the database, and until it is known whether they do: batches are short, and rest between. */
  readonly isPolite: () => boolean
  /** Ends the watching. */
  readonly close: () => Promise<void>
}

const watchMs = 500

/** What is held. */
export interface HeldWork {
  /** For people. */
  readonly name: string
  readonly signal: AbortSignal
  /** Writes the reason down where others look for it; undefined: nothing holds any more. */
  readonly tell: (session: Connection, reason: string | undefined) => Promise<void>
  /** How many batches were done in all, by whatever process; left out, nobody is polite. */
  readonly countBatches?: (session: Connection) => Promise<number>
}

/** Begins to watch the server from a session of its own; who cannot be watched is not held. */
export function createBrakes(
  engine: Pick<Engine, 'brakes' | 'database' | 'ports' | 'report'>,
  { name, signal, tell, countBatches }: HeldWork,
): Brakes {
  const closing = new AbortController()
  const either = AbortSignal.any([signal, closing.signal])
  let reason: string | undefined
  let session: Connection | undefined
  const { traffic: mostTraffic = 20 } = engine.brakes
  let isPolite = countBatches !== undefined && mostTraffic > 0
  let samples: readonly TrafficSample[] = []
  let looks = 0
  let known: () => void = () => undefined
  const first = new Promise<void>((resolve) => (known = resolve))

  const watch = async (): Promise<void> => {
    session = await connect(engine.database, { applicationName: 'tide data (watching)' })
    let before: Health | undefined
    let at = engine.ports.now()
    while (!either.aborted) {
      const health = await readHealth(session)
      const now = engine.ports.now()
      const bad = judgeHealth({ health, before, ms: now - at }, engine.brakes)
      const found = bad ?? (await askProbes(session, engine.brakes))
      // Again while it holds: `tide data resume` takes the words away.
      if (found !== reason || found !== undefined) await tell(session, found)
      reason = found
      if (found !== undefined) engine.report({ stage: `holding ${name}: ${found}` })
      before = health
      at = now
      if (countBatches !== undefined && mostTraffic > 0) {
        looks += 2
        samples = withSample(samples, { at: now, ended: health.ended, own: (await countBatches(session)) + looks })
        isPolite = (trafficOf(samples) ?? Infinity) > mostTraffic
      }
      known()
      await engine.ports.sleep(watchMs, either)
    }
  }
  const watching = watch().catch(() => {
    // A session that was cut: whoever works meets that as well, and deals with it.
    reason = undefined
    isPolite = false
  }).finally(() => {
    known()
  })
  return {
    pass: async () => {
      await first
      while (reason !== undefined && !either.aborted) await engine.ports.sleep(100, either)
    },
    isPolite: () => isPolite,
    close: async () => {
      closing.abort()
      await watching
      if (reason !== undefined && session !== undefined) await tell(session, undefined).catch(() => undefined)
      await session?.end().catch(() => undefined)
    },
  }
}
