import { withProcessLock } from '../postgres/embedded/process-lock.ts'
import { ensureStateDirectory } from '../project/state-directory.ts'
import { authorBusy } from './errors.ts'

/**
 * Runs a function while no other process of this machine writes migrations of the project: two that plan the same edit
 * at once would both write it, and the history could not be replayed any more. Waits for up to ten minutes.
 * @throws AUTHOR_BUSY
 */
export function withAuthorLock<Result>(stateDirectory: string, use: () => Promise<Result>): Promise<Result> {
  ensureStateDirectory(stateDirectory)
  // Where nothing can be written, no migration can either: that is said later, with its place.
  const lock = { directory: stateDirectory, name: 'dev.lock', waitSeconds: 600, refuse: authorBusy, isOptional: true }
  return withProcessLock(lock, use)
}
