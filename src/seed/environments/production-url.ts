import type { DatabaseUrl } from '../../postgres/database-url.ts'
import { namedUrl } from '../../project/database-source.ts'
import type { Project } from '../../project/open-project.ts'

/** The database that `tide.config.ts` names as that of production; undefined where it names none that can be known. */
export function productionUrl({ config, variables }: Pick<Project, 'config' | 'variables'>): DatabaseUrl | undefined {
  const environments = config.environments ?? {}
  const described = Object.hasOwn(environments, 'production') ? environments['production'] : undefined
  if (described === undefined) return undefined
  const source = namedUrl(described, 'environments.production', 'tide.config.ts', variables)
  return source?.kind === 'url' ? source.url : undefined
}

/** Whether two URLs lead to one database, as far as their text tells: this machine has several names. */
export function isSameDatabase(one: DatabaseUrl, other: DatabaseUrl): boolean {
  return hostOf(one) === hostOf(other) && one.port === other.port && one.database === other.database
}

function hostOf({ host }: DatabaseUrl): string {
  const name = host.toLowerCase()
  return ['localhost', '127.0.0.1', '::1', '[::1]'].includes(name) ? 'localhost' : name
}
