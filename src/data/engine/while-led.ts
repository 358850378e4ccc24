import type { Engine } from './engine.ts'
import { type Connection, withConnection } from '../../postgres/connect.ts'
import { isConnectionLoss } from '../../postgres/sqlstate.ts'

/**
 * Does something in the session that leads a step; where that is cut, all of it again in another one: what begins and
 * ends a pass is harmless a second time. For as long as batches are tried again.
 */
export async function whileLed<Result>(
  { database, ports, retryBudgetMs, signal }: Engine,
  lead: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  let wasThere = false
  let troubleSince = ports.now()
  for (;;) {
    let isThere = false
    const startedAt = ports.now()
    try {
      return await withConnection(
        database,
        (connection) => {
          wasThere = isThere = true
          return lead(connection)
        },
        { applicationName: 'tide data (leading)' },
      )
    } catch (error) {
      const isCut = isThere ? isConnectionLoss(error) || (error instanceof Error && isConnectionLoss(error.cause)) : wasThere
      if (!isCut || signal.aborted) throw error
      if (isThere && ports.now() - startedAt > 1000) troubleSince = ports.now()
      if (ports.now() - troubleSince > retryBudgetMs) throw error
      await ports.sleep(100, signal)
    }
  }
}
