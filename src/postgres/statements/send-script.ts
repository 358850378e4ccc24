import type { Connection } from '../connect.ts'
import { isConnectionLoss } from '../sqlstate.ts'

/** An error of a script, and how many of its statements were done before it. */
export interface ScriptError {
  readonly error: unknown
  /** Statements that the server completed, BEGIN and SET included. The one after them failed. */
  readonly completed: number
}

/**
 * Sends a text of one or more statements as one simple query: one round trip, and one transaction
 * unless the text says otherwise.
 * @returns what went wrong, or undefined
 */
export async function sendScript(connection: Connection, text: string): Promise<ScriptError | undefined> {
  let completed = 0
  const count = (): void => {
    completed++
  }
  const protocol = connection.connection
  protocol.on('commandComplete', count)
  try {
    await connection.query(text)
    return undefined
  } catch (error) {
    return { error, completed }
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
