import { askProbes } from './ask-probes.ts'
import { judgeHealth } from './judge-health.ts'
import { type Health, readHealth } from './read-health.ts'
import type { Engine } from '../engine/engine.ts'
import type { StepId } from '../store/step-record.ts'
import { connect, type Connection } from '../../postgres/connect.ts'

/** What holds the workers of one process while it looks bad. */
export interface Brakes {
  /** Gives when no brake holds. Called before each batch. */
  readonly pass: () => Promise<void>
  /** Ends the watching. */
  readonly close: () => Promise<void>
}

const watchMs = 500

/** Begins to watch the server from a session of its own; who cannot be watched is not held. */
export function createBrakes(engine: Engine, id: StepId, signal: AbortSignal): Brakes {
  const closing = new AbortController()
  const either = AbortSignal.any([signal, closing.signal])
  let reason: string | undefined
  let session: Connection | undefined
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
      if (found !== reason) await tell(session, id, found)
      reason = found
      if (found !== undefined) engine.report({ stage: `holding ${id.migration}: ${found}` })
      before = health
      at = now
      known()
      await engine.ports.sleep(watchMs, either)
    }
  }
  const watching = watch().catch(() => {
    // A session that was cut: whoever works meets that as well, and deals with it.
    reason = undefined
  }).finally(() => {
    known()
  })
  return {
    pass: async () => {
      await first
      while (reason !== undefined && !either.aborted) await engine.ports.sleep(100, either)
    },
    close: async () => {
      closing.abort()
      await watching
      if (reason !== undefined && session !== undefined) await tell(session, id, undefined).catch(() => undefined)
      await session?.end().catch(() => undefined)
    },
  }
}

/** For whoever asks `tide data status`. */
async function tell(connection: Connection, id: StepId, reason: string | undefined): Promise<void> {
  await connection.query(
    "UPDATE tide.data_step SET reason = $3 WHERE ledger_schema = $1 AND migration = $2 AND state = 'running'",
    [id.schema, id.migration, reason === undefined ? null : `held: ${reason}`],
  )
}
