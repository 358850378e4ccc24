import { nearestName } from '../errors/nearest-name.ts'
import type { DataModel } from '../prisma/data-model.ts'
import { onlyReference } from './environments/errors.ts'
import type { Environment } from './environments/environment.ts'
import { modelUnknown } from './errors.ts'

/** What a command line may ask for besides the environment. */
export interface SeedWishes {
  readonly rows?: number
  readonly fromDatabase?: boolean
  readonly truncate?: boolean
  readonly models?: readonly string[]
}

/**
 * Whether what is asked for can be had at all.
 * @throws SEED_ONLY_REFERENCE, SEED_MODEL_UNKNOWN with the nearest name
 */
export function checkWishes(wishes: SeedWishes, environment: Environment, { models }: DataModel): void {
  const { rows, fromDatabase, truncate } = wishes
  const flags = [
    ...(rows === undefined || rows === 0 ? [] : ['--rows']),
    ...(fromDatabase === true ? ['--from-database'] : []),
    ...(truncate === true ? ['--truncate'] : []),
  ]
  if (environment.isProduction && flags.length > 0) throw onlyReference(environment.name, flags)
  const known = models.filter(({ isView }) => !isView).map(({ name }) => name)
  for (const name of wishes.models ?? []) {
    if (!known.includes(name)) throw modelUnknown(name, nearestName(name, known))
  }
}
