import type { DisposableRehearsal } from './cached-start.ts'

/** A rehearsal that is made while other work goes on. */
export interface RehearsalAhead extends AsyncDisposable {
  /** The one made ahead at the first call, a fresh one at each further call. */
  take(): Promise<DisposableRehearsal>
}

/**
 * Begins to make a rehearsal: PostgreSQL clones it on another processor while the difference is computed here.
 * One that nobody takes is dropped.
 * @param wanted false where a rehearsal is not cheap yet, since its history must be replayed first
 */
export function rehearseAhead(rehearse: () => Promise<DisposableRehearsal>, wanted: boolean): RehearsalAhead {
  let ahead = wanted ? rehearse() : undefined
  // Whoever takes it learns of a failure; one that nobody takes has failed for nobody.
  ahead?.catch(() => undefined)
  return {
    take: () => {
      const taken = ahead ?? rehearse()
      ahead = undefined
      return taken
    },
    [Symbol.asyncDispose]: async () => {
      const left = await ahead?.catch(() => undefined)
      ahead = undefined
      await left?.drop()
    },
  }
}
