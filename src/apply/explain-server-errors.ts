import { isFailure, withCause } from '../errors/failure.ts'
import { connectionLost } from '../postgres/errors.ts'
import { isConnectionLoss, sqlstateOf } from '../postgres/sqlstate.ts'
import { bookkeepingFailed } from '../postgres/statements/errors.ts'

/**
 * Runs a function that reads and writes what Tide keeps in a database. What the server refuses of that, and the end of
 * the session, become failures; every other error is what it was.
 * @throws STATEMENT_BOOKKEEPING, POSTGRES_CONNECTION_LOST
 */
export async function explainingServerErrors<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    if (isFailure(error) || !(error instanceof Error)) throw error
    if (isConnectionLoss(error)) throw withCause(connectionLost(error.message), error)
    throw sqlstateOf(error) === undefined ? error : withCause(bookkeepingFailed(error.message), error)
  }
}
