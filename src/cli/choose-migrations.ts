import { findMigration } from '../apply/find-migration.ts'
import type { Migration } from '../history/read-history.ts'
import { changedFolders } from '../project/changed-folders.ts'
import type { Project } from '../project/open-project.ts'
import { proofFile } from '../proof/record/proof-files.ts'
import { usageWrong } from './errors.ts'

/** Which migrations a command line names. */
export interface MigrationChoice {
  readonly wanted: readonly string[]
  /** A git reference. */
  readonly since: string | undefined
  /** Every migration. */
  readonly all?: boolean
}

/**
 * The names of the migrations that are meant; undefined where the command line names none.
 * @throws APPLY_NAME_UNKNOWN, APPLY_NAME_AMBIGUOUS, PROJECT_REFERENCE_UNKNOWN; CLI_USAGE where two ways are mixed
 */
export async function chooseMigrations(
  project: Pick<Project, 'migrationsDirectory'>,
  history: readonly Migration[],
  { wanted, since, all = false }: MigrationChoice,
): Promise<readonly string[] | undefined> {
  const ways = [wanted.length > 0 ? 'names' : '', all ? '--all' : '', since === undefined ? '' : '--since'].filter(Boolean)
  if (ways.length > 1) {
    throw usageWrong(`${ways.join(' and ')} say each which migrations are meant.`, 'Keep one of them.')
  }
  const names = history.map(({ name }) => name)
  if (all) return names
  if (wanted.length > 0) {
    const found = new Set(wanted.map((name) => findMigration(name, names)))
    return names.filter((name) => found.has(name))
  }
  if (since === undefined) return undefined
  // Without a folder there is nothing to ask git about.
  if (names.length === 0) return []
  const changed = await changedFolders(project.migrationsDirectory, since, proofFile)
  return names.filter((name) => changed.has(name))
}
