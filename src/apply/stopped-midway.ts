import { Failure, isFailure } from '../errors/failure.ts'

interface Progress {
  readonly verb: 'applied' | 'rolled back'
  readonly done: readonly string[]
  readonly failed: string
  readonly notTried: readonly string[]
}

/** The error of a run that stopped in the middle, with what was done, what failed and what was not tried. */
export function stoppedMidway(error: unknown, progress: Progress): unknown {
  if (!isFailure(error)) return error
  const { verb, done, failed, notTried } = progress
  const lines = [
    error.details.why,
    `${capital(verb)} before it: ${named(done)}. Stopped at: ${failed}. Not tried: ${named(notTried)}.`,
  ]
  const meta = { ...error.details.meta, [verb === 'applied' ? 'applied' : 'rolledBack']: done, failed, notTried }
  const why = lines.filter((line) => line !== undefined).join('\n')
  return new Failure(error.code, { ...error.details, why, meta }, error.cause)
}

/** The error of a script whose first commit groups stay, which its correction must leave as they are. */
export function keptInPart(error: unknown, statements: number): unknown {
  if (!isFailure(error) || statements === 0) return error
  const kept = statements === 1 ? 'Its first statement is' : `Its first ${String(statements)} statements are`
  const lines = [error.details.why, `${kept} committed and must stay as written; the next run goes on after that.`]
  return new Failure(
    error.code,
    { ...error.details, why: lines.filter((line) => line !== undefined).join('\n'), meta: { ...error.details.meta, committed: statements } },
    error.cause,
  )
}

function named(names: readonly string[]): string {
  if (names.length === 0) return 'none'
  if (names.length <= 3) return names.join(', ')
  return `${names.slice(0, 3).join(', ')} and ${String(names.length - 3)} more`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
