/** Where in the user's files or database a failure has its cause. Lines and columns count from 1. */
export interface FailurePlace {
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** The lines around the place, with a caret under it, ready to print. */
  readonly excerpt?: string
}

/** What a person needs to act on a failure. All of it is safe to print: no password, no row value. */
export interface FailureDetails {
  /** One sentence: what could not be done. */
  readonly message: string
  /** The reason, in the words of the cause where it has any. */
  readonly why?: string
  /** The way out: a command to run or an edit to make. */
  readonly fix?: string
  readonly where?: FailurePlace
  /** Further facts for `--json`, such as the questions that nobody answered. */
  readonly meta?: Readonly<Record<string, unknown>>
}

/**
 * A failure the user can act on (exit code 2), recognised by its code.
 * Made by the factories of `errors.ts` in each area, never directly.
 */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: string
  readonly details: FailureDetails

  constructor(code: string, details: FailureDetails, cause?: unknown) {
    super(details.message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }
}

/** True for every failure, also one from another copy of this package. */
export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && error.name === 'Failure' && 'code' in error && 'details' in error
}

/** Makes the failures of one code; the code can be read from it, so that the catalogue can be checked. */
export interface FailureFactory<Input extends readonly unknown[]> {
  (...input: Input): Failure
  readonly code: string
}

/**
 * Declares a failure: its code (`AREA_WHAT`, documented in docs/errors.md) and how its
 * details follow from what happened. A last argument of the call that is an `Error` and is
 * not taken by `describe` belongs in `cause`: pass it through `withCause`.
 *
 * @example
 * export const urlInvalid = defineFailure('POSTGRES_URL_INVALID', (source: string) => ({
 *   message: `The database URL from ${source} cannot be read.`,
 *   fix: 'Write it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE.',
 * }))
 * throw urlInvalid('DATABASE_URL')
 */
export function defineFailure<Input extends readonly unknown[]>(
  code: string,
  describe: (...input: Input) => FailureDetails,
): FailureFactory<Input> {
  const make = (...input: Input): Failure => new Failure(code, describe(...input))
  return Object.assign(make, { code })
}

/** The same failure with the error that caused it, for a debugger and for `TIDE_DEBUG=1`. */
export function withCause(failure: Failure, cause: unknown): Failure {
  return new Failure(failure.code, failure.details, cause)
}
