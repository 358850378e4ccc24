import { isConnectionLoss } from '../../postgres/sqlstate.ts'
import type { DatabaseUrl } from '../../postgres/database-url.ts'
import type { BatchSettings } from './batch-settings.ts'
import { type FixSessions, openFixSessions } from '../run/sessions.ts'

/** The two sessions of a run in batches: kept from batch to batch, and opened anew where they were lost. */
export interface BatchSessions extends AsyncDisposable {
  get(): Promise<FixSessions>
  /** Closes what is left of them. */
  drop(): Promise<void>
}

/** @param command shown to others in `pg_stat_activity` */
export function keepSessions(database: DatabaseUrl, command: string): BatchSessions {
  let open: FixSessions | undefined
  const drop = async (): Promise<void> => {
    const sessions = open
    open = undefined
    try {
      await sessions?.[Symbol.asyncDispose]()
    } catch {
      // It was lost already.
    }
  }
  return {
    get: async () => (open ??= await openFixSessions(database, command)),
    drop,
    [Symbol.asyncDispose]: drop,
  }
}

/** What began a chain of errors: the server's, where it was the server's. */
export function rootCause(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootCause(error.cause) : error
}

/** True where a session was cut, whatever was made of it since. */
export function isCut(error: unknown): boolean {
  return isConnectionLoss(error) || isConnectionLoss(rootCause(error))
}

/** Does something that is harmless a second time, and again in other sessions where they are cut meanwhile. */
export async function whileCut<Result>(
  { ports, lockBudgetMs, signal }: Pick<BatchSettings, 'lockBudgetMs' | 'ports' | 'signal'>,
  sessions: BatchSessions,
  act: (open: FixSessions) => Promise<Result>,
): Promise<Result> {
  for (const startedAt = ports.now(); ; ) {
    try {
      return await act(await sessions.get())
    } catch (error) {
      if (!isCut(error) || signal?.aborted === true || ports.now() - startedAt > lockBudgetMs) throw error
      await sessions.drop()
      await ports.sleep(100, signal)
    }
  }
}
