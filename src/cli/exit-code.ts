import { isFailure } from '../errors/failure.ts'
import { declined, interrupted } from './errors.ts'

/** Stopped by Ctrl-C or SIGTERM, as shells report it (128 + SIGINT). */
export const interruptedExitCode = 130

/** The exit code of a command that threw. */
export function exitCodeOf(error: unknown): number {
  if (!isFailure(error)) return 1
  if (error.code === declined.code) return 3
  return error.code === interrupted.code ? interruptedExitCode : 2
}
