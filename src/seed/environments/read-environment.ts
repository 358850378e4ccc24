import { nearestName } from '../../errors/nearest-name.ts'
import type { Project } from '../../project/open-project.ts'
import { environmentInvalid, environmentUndescribed } from './errors.ts'
import { listSeedFiles, loadSeedModule } from '../seed-files.ts'
import { seedDefinitions } from '../definitions.ts'
import { builtInContracts, plainContract } from './built-in.ts'
import type { Environment, EnvironmentContract } from './environment.ts'

/**
 * What an environment gets: its file in `seed/environments/`, over Tide's own contract of that name.
 * @param models the names of the schema's models
 * @throws SEED_ENVIRONMENT_UNKNOWN, SEED_ENVIRONMENT_INVALID, PROJECT_CONFIG_UNREADABLE
 */
export async function readEnvironment(project: Project, name: string, models: readonly string[]): Promise<Environment> {
  const files = listSeedFiles(project.directory, 'environments')
  const file = files.find(({ stem }) => stem === name)
  const builtIn = Object.hasOwn(builtInContracts, name) ? builtInContracts[name] : undefined
  if (file === undefined && builtIn === undefined) {
    const known = knownEnvironments(project.directory)
    throw environmentUndescribed(name, nearestName(name, known), known)
  }
  const isProduction = name === 'production'
  const base = { fixture: `fixtures/${name}`, ...(builtIn ?? plainContract), ...(builtIn === undefined ? { seed: name } : {}) }
  if (file === undefined) return { name, isProduction, file: undefined, ...base }
  const exported = await loadSeedModule(project, file, 'environment', seedDefinitions)
  // The validator is loaded only where there is something to validate.
  const { checkEnvironment } = await import('./check-environment.ts')
  const contract = checkEnvironment(exported, file.name, models)
  if (isProduction) refuseSynthetic(contract, file.name)
  return { name, isProduction, file: file.name, ...base, ...contract }
}

/** The names of all environments that Tide or the project describes. */
export function knownEnvironments(directory: string): readonly string[] {
  return [...new Set([...Object.keys(builtInContracts), ...listSeedFiles(directory, 'environments').map(({ stem }) => stem)])]
}

function refuseSynthetic({ data, rows, models, personas, truncate }: EnvironmentContract, file: string): void {
  const problems = [
    ...(data === undefined || data === 'synthetic' ? [] : [`data must be 'synthetic'`]),
    ...((rows ?? 0) !== 0 ? ['rows must be 0'] : []),
    ...Object.entries(models ?? {}).flatMap(([name, count]) => (count === 0 ? [] : [`models.${name} must be 0`])),
    ...(personas === undefined || personas === false ? [] : ['personas must be false']),
    ...(truncate === true ? ['truncate must be false'] : []),
  ]
  if (problems.length > 0) throw environmentInvalid(file, problems.map((problem) => `${problem}: production gets reference data only`))
}
