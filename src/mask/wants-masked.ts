import type { Project } from '../project/open-project.ts'
import { readEnvironment } from '../seed/environments/read-environment.ts'
import { listSeedFiles } from '../seed/seed-files.ts'

/**
 * The first environment that says it gets masked rows; undefined where none does.
 * @param models the names of the schema's models
 * @throws SEED_ENVIRONMENT_INVALID, PROJECT_CONFIG_UNREADABLE
 */
export async function wantsMasked(project: Project, models: readonly string[]): Promise<string | undefined> {
  for (const { stem } of listSeedFiles(project.directory, 'environments')) {
    const { data } = await readEnvironment(project, stem, models)
    if (data !== 'synthetic') return stem
  }
  return undefined
}
