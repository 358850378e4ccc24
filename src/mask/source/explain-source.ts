import { isFailure } from '../../errors/failure.ts'
import { readServerError } from '../../postgres/server-error.ts'
import { isConnectionLoss, sqlstateOf } from '../../postgres/sqlstate.ts'
import { sourceLost, sourceRefused, standbyConflict } from './errors.ts'

/**
 * The failure that an error of the source means; anything else stays as it is. The cause is left out: the server quotes
 * values in it.
 * @param doing after "while": `public.users was read`
 */
export function explainSource(doing: string, error: unknown): unknown {
  if (isFailure(error) || !(error instanceof Error)) return error
  const state = sqlstateOf(error)
  const { message } = readServerError(error)
  if (state !== undefined && message.includes('conflict with recovery')) return standbyConflict(doing)
  if (isConnectionLoss(error)) return sourceLost(doing)
  if (state === undefined) return error
  const words = isWordless(state, error) ? undefined : message.replace(/\.$/, '')
  return sourceRefused(
    doing,
    words === undefined
      ? `SQLSTATE ${state}; its words may quote a value and are left out`
      : `${words} (SQLSTATE ${state})`,
  )
}

/** Runs a function on the source, and explains what the server refuses in it. */
export async function explainingSource<Result>(doing: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    throw explainSource(doing, error)
  }
}

/**
 * A value is quoted where a statement ran into it: a cast of it to the name of a table, a function of the user's. What
 * the server says of the statement's own text points at a place in it; what it says of rights and limits quotes none.
 */
function isWordless(state: string, error: Error): boolean {
  const isOfStatement = 'position' in error && error.position !== undefined && /^(?:42|0A)/.test(state)
  return !isOfStatement && !harmless.some((kind) => state.startsWith(kind))
}

/** Missing rights, limits of the server, transactions that may not write, sessions that were ended. */
const harmless = ['42501', '53', '54', '25', '57', '28']
