import { type Failure, isFailure, withCause } from '../../errors/failure.ts'
import { readServerError } from '../../postgres/server-error.ts'
import { isConnectionLoss, sqlstate } from '../../postgres/sqlstate.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import { tableKey } from '../plan/table-key.ts'
import {
  cancelled,
  diskFull,
  limitReached,
  lockedOut,
  notPermitted,
  readOnly,
  type Refusal,
  refused,
  rowRefused,
  rowSecurityRefuses,
  serverGone,
  triggerRaised,
} from './errors.ts'

/**
 * The failure that an error of the server means; anything else stays as it is.
 * @param doing after "while": `public.users was filled`
 * @param table whose rows were written, where it was a table
 */
export function explainRefusal(doing: string, error: unknown, table?: TableFacts): unknown {
  if (isFailure(error) || !(error instanceof Error)) return error
  const { message, sqlstate: state } = readServerError(error)
  const refusal = { doing, message: message.replace(/\.$/, ''), sqlstate: state }
  if (isConnectionLoss(error)) return withCause(serverGone(refusal), error)
  if (state === 'unknown') return error
  return withCause(failureOf(refusal, error, table), error)
}

/** Runs a function, and explains what the server refuses in it. */
export async function explaining<Result>(doing: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    throw explainRefusal(doing, error)
  }
}

function failureOf(refusal: Refusal, error: Error, table: TableFacts | undefined): Failure {
  const { message, sqlstate: state } = refusal
  if (state === sqlstate.diskFull) return diskFull(refusal)
  if (state.startsWith('53')) return limitReached(refusal)
  if (state === sqlstate.readOnlyTransaction) return readOnly(refusal)
  if (state === sqlstate.queryCancelled) return cancelled(refusal)
  if (lockStates.has(state)) return lockedOut(refusal)
  const routine = routineOf(error)
  // What the user's own function refuses is told by that function: a constraint that it runs into is not of this table.
  const triggers = (table?.insertTriggers ?? []).map(({ name }) => name)
  if (routine !== undefined) return triggerRaised(refusal, routine, triggers)
  if (state === sqlstate.insufficientPrivilege) {
    return message.includes('row-level security') ? rowSecurityRefuses(refusal) : notPermitted(refusal)
  }
  if (table === undefined) return refused(refusal)
  const { constraint, column } = readServerError(error)
  const mayHide = table.rowSecurity && state === sqlstate.uniqueViolation
  const hidden = mayHide ? '. Row-level security may hide rows that are there' : ''
  return rowRefused({ ...refusal, message: `${message}${hidden}` }, tableKey(table), constraint ?? column)
}

const lockStates: ReadonlySet<string> = new Set([
  sqlstate.lockNotAvailable,
  sqlstate.deadlockDetected,
  sqlstate.serializationFailure,
])

/** The function of the user's in which it happened: the innermost that the server names. */
function routineOf(error: Error): string | undefined {
  const where = 'where' in error && typeof error.where === 'string' ? error.where : ''
  return /^(?:PL\/\w+ function|SQL function) "?([^"\s(]+(?:\([^)]*\))?)/m.exec(where)?.[1]
}
