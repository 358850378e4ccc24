import { isFailure, withCause } from '../../errors/failure.ts'
import { readServerError } from '../../postgres/server-error.ts'
import { isConnectionLoss } from '../../postgres/sqlstate.ts'
import { diskFull, notPermitted, rowRefused, serverGone } from './errors.ts'

/** The failure that an error of the server means while a table is filled; anything else stays as it is. */
export function explainRefusal(table: string, error: unknown): unknown {
  if (isFailure(error) || !(error instanceof Error)) return error
  const { message, sqlstate, constraint, column } = readServerError(error)
  const refused = { table, message, sqlstate }
  if (isConnectionLoss(error)) return withCause(serverGone(refused), error)
  if (sqlstate === '53100') return withCause(diskFull(refused), error)
  if (sqlstate === '42501') return withCause(notPermitted(refused), error)
  if (sqlstate === 'unknown') return error
  return withCause(rowRefused(refused, constraint ?? column), error)
}
