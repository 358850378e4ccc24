import type { DatabaseUrl } from '../../postgres/database-url.ts'
import { namedUrl } from '../../project/database-source.ts'
import type { Project } from '../../project/open-project.ts'

/**
 * The database that `tide.config.ts` names as that of production; undefined where it names none that can be known.
 * A variable may stand for production on one machine and for the environment at hand on another: it counts only where
 * the config describes that environment as well, and not by the same variable.
 */
export function productionUrl({
  config,
  variables,
  environment,
}: Pick<Project, 'config' | 'variables' | 'environment'>): DatabaseUrl | undefined {
  const environments = config.environments ?? {}
  const described = (name: string) => (Object.hasOwn(environments, name) ? environments[name] : undefined)
  const [production, own] = [described('production'), described(environment)]
  if (production === undefined) return undefined
  const { urlVariable } = production
  if (urlVariable !== undefined && (own === undefined || own.urlVariable === urlVariable)) return undefined
  const source = namedUrl(production, 'environments.production', 'tide.config.ts', variables)
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
