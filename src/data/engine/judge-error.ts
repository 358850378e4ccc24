import { isFailure } from '../../errors/failure.ts'
import { isConnectionLoss, sqlstate, sqlstateOf } from '../../postgres/sqlstate.ts'

/**
 * What an error of a batch calls for:
 * - `again`: it ends by itself once others have finished
 * - `reconnect`: the session is gone
 * - `shorter`: the batch took too long
 * - `split`: it lies in the rows: half of them, and in the end one, tell which
 * - `stop`: every other batch would fail alike
 */
export type Remedy = 'again' | 'reconnect' | 'shorter' | 'split' | 'stop'

/** Tells what is to be done about an error, from its code alone. */
export function judgeError(error: unknown): Remedy {
  const state = sqlstateBehind(error)
  if (state === sqlstate.queryCancelled) return 'shorter'
  if (isConnectionLoss(error) || (error instanceof Error && isConnectionLoss(error.cause))) return 'reconnect'
  if (isFailure(error)) return 'stop'
  if (state === undefined) return 'split'
  if (passing.has(state)) return 'again'
  return ofRows.has(state.slice(0, 2)) ? 'split' : 'stop'
}

const passing: ReadonlySet<string> = new Set([
  sqlstate.lockNotAvailable,
  sqlstate.deadlockDetected,
  sqlstate.serializationFailure,
])

/**
 * Classes of SQLSTATE that a value or a row causes: more rows than one, data exceptions, violated constraints, a value
 * too large for its index, RAISE.
 */
const ofRows: ReadonlySet<string> = new Set(['21', '22', '23', '44', '54', 'P0'])

/** Of the error itself, or of the server's error that Prisma's client wraps. */
export function sqlstateBehind(error: unknown): string | undefined {
  const own = sqlstateOf(error)
  if (own !== undefined) return own
  if (typeof error !== 'object' || error === null) return undefined
  const { cause, meta, originalCode } = error as { cause?: unknown; meta?: unknown; originalCode?: unknown }
  if (typeof originalCode === 'string') return originalCode
  const wrapped = typeof meta === 'object' && meta !== null && 'driverAdapterError' in meta ? meta.driverAdapterError : cause
  return wrapped === undefined || wrapped === error ? undefined : sqlstateBehind(wrapped)
}

/** The words of an error, without details: those may quote a row. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const state = sqlstateBehind(error)
  // A message of Prisma's client ends with its point; before it stand lines of the caller's code.
  const line = message.split('\n').map((one) => one.trim()).filter((one) => one !== '').at(-1) ?? message
  return state === undefined ? line : `${line} (${state})`
}
