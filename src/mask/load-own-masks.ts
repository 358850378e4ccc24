import type { Project } from '../project/open-project.ts'
import { findSeedModule, loadSeedModule } from '../seed/seed-files.ts'
import { defineMask, type OwnMask } from './define-mask.ts'
import { checkOwnMasks } from './own-mask.ts'

/**
 * The user's own masks, by name: what `seed/masks` exports as `masks`; none where there is no such file.
 * @throws MASK_OWN_INVALID, PROJECT_CONFIG_UNREADABLE
 */
export async function loadOwnMasks(
  project: Pick<Project, 'directory' | 'stateDirectory' | 'variables'>,
): Promise<Readonly<Record<string, OwnMask>>> {
  const file = findSeedModule(project.directory, 'masks')
  if (file === undefined) return {}
  return checkOwnMasks(file.name, await loadSeedModule(project, file, 'masks', { defineMask }))
}
