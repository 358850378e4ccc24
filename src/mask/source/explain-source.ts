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
  const words = wordless.some((kind) => state.startsWith(kind)) ? undefined : message.replace(/\.$/, '')
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

/** Classes of errors whose message quotes values: data, integrity, and whatever a function of the user's raises. */
const wordless = ['22', '23', '44', 'P0', 'XX', '2F', '38', '39']
