import { locked } from './errors.ts'
import { withProcessLock } from './process-lock.ts'

/**
 * Runs a function while no other process of this machine starts or stops the server of the same folder. Waits for up to
 * a minute.
 * @throws EMBEDDED_LOCKED
 */
export function withServerLock<Result>(directory: string, use: () => Promise<Result>): Promise<Result> {
  return withProcessLock({ directory, name: 'postgres.lock', waitSeconds: 60, refuse: locked }, use)
}
