import type { Connection } from '../connect.ts'
import { isConnectionLoss } from '../sqlstate.ts'

/** How far a script came. */
export interface ScriptOutcome {
  /** Statements that the server completed, BEGIN and SET included. The one after them failed, where one did. */
  readonly completed: number
  /** Absent where all of them were completed. */
  readonly error?: unknown
}

/**
 * Sends a text of one or more statements as one simple query: one round trip, and one transaction
 * unless the text says otherwise. Does not throw.
 */
export async function sendScript(connection: Connection, text: string): Promise<ScriptOutcome> {
  let completed = 0
  const count = (): void => {
    completed++
  }
  const protocol = connection.connection
  protocol.on('commandComplete', count)
  try {
    await connection.query(text)
    return { completed }
  } catch (error) {
    return { completed, error }
  } finally {
    protocol.off('commandComplete', count)
  }
}

/** Ends a failed transaction. A session that is gone has nothing to end. */
export async function rollBack(connection: Connection): Promise<void> {
  try {
    await connection.query('ROLLBACK')
  } catch (error) {
    if (!isConnectionLoss(error)) throw error
  }
}
