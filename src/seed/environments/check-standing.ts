import type { DatabaseUrl } from '../../postgres/database-url.ts'
import { databaseIsProduction, environmentMismatch, truncateRefused, truncateUnconfirmed } from './errors.ts'
import type { Environment } from './environment.ts'
import type { DatabaseStanding } from './production-evidence.ts'
import { isSameDatabase } from './production-url.ts'

/**
 * Whether an environment may be seeded into this database.
 * @param production the database that the project names as that of production
 * @throws SEED_PRODUCTION with every piece of evidence, SEED_ENVIRONMENT_MISMATCH
 */
export function checkStanding(
  environment: Environment,
  url: DatabaseUrl,
  standing: DatabaseStanding,
  production?: DatabaseUrl,
): void {
  const { marker, evidence } = standing
  if (marker !== undefined && marker !== environment.name && marker !== 'production') {
    throw environmentMismatch(environment.name, marker, url.database)
  }
  if (environment.isProduction) return
  if (production !== undefined && isSameDatabase(url, production)) {
    const told = 'It is the database of the environment production, in tide.config.ts.'
    throw databaseIsProduction(environment.name, url.toString(), url.database, [told, ...evidence], true)
  }
  if (evidence.length === 0) return
  throw databaseIsProduction(environment.name, url.toString(), url.database, evidence)
}

/**
 * Whether the tables may be emptied first.
 * @throws SEED_TRUNCATE_REFUSED, SEED_TRUNCATE_UNCONFIRMED
 */
export function checkTruncate(
  environment: Environment,
  url: DatabaseUrl,
  isEmbedded: boolean,
  confirm: string | undefined,
): void {
  if (!environment.truncate) throw truncateRefused(environment.name, environment.isProduction)
  const isOpen = isEmbedded && confirm === undefined
  if (!isOpen && confirm !== url.database) throw truncateUnconfirmed(environment.name, url.database, confirm)
}
