import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { createFileCache } from '../project/file-cache.ts'
import type { Fix } from './run-fix.ts'

/** What this machine remembers of rehearsals: nothing of one stays in the database. */
export interface RehearsalMemory {
  /** True where this very script was rehearsed on this database. */
  has(fix: Fix, database: DatabaseUrl): Promise<boolean>
  add(fix: Fix, database: DatabaseUrl): Promise<void>
}

/** @param stateDirectory `.tide` of the project */
export function rehearsalMemory(stateDirectory: string): RehearsalMemory {
  const cache = createFileCache(join(stateDirectory, 'cache', 'fixes'))
  const key = (fix: Fix, database: DatabaseUrl): string =>
    createHash('sha256').update(`${fix.name}\0${fix.hash}\0${database.toString()}`).digest('hex').slice(0, 40)
  return {
    has: async (fix, database) => (await cache.get(key(fix, database))) !== undefined,
    // Without it one is told once more that there was no rehearsal.
    add: (fix, database) => cache.set(key(fix, database), `${fix.name}\n`).catch(() => undefined),
  }
}
