import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Migration } from '../history/read-history.ts'
import { rehearseHistory, type SaltedRehearsals } from '../history/replay.ts'
import { computeRollback } from './rollback/compute-rollback.ts'

/**
 * Writes the rollback of the last migration where it has none: a draft has none until a person has
 * filled it in. Earlier ones are `tide init`'s work. Undefined where nothing is missing.
 * @returns the file, as `<migration>/down.sql`
 */
export async function writeMissingRollback(
  history: readonly Migration[],
  rehearsals: SaltedRehearsals,
): Promise<string | undefined> {
  const last = history.at(-1)
  if (last === undefined || last.down !== undefined || isDraft(last)) return undefined
  const rollback = await computeRollback({
    start: () => rehearseHistory(rehearsals, history, { count: history.length - 1 }),
    up: { sql: last.sql, file: join(last.directory, 'migration.sql'), migration: last.name },
  })
  await writeFile(join(last.directory, 'down.sql'), rollback.sql, { flag: 'wx' })
  return `${last.name}/down.sql`
}

/** True while a person has to fill a hole in it. */
export function isDraft(migration: Pick<Migration, 'directives'>): boolean {
  return migration.directives.some((directive) => directive.verb === 'draft')
}
