import { nearestName } from '../errors/nearest-name.ts'
import type { DataModel } from '../prisma/data-model.ts'
import { filesFlags, formatWithoutTo } from './deliver/files/errors.ts'
import { onlyReference } from './environments/errors.ts'
import type { Environment } from './environments/environment.ts'
import { modelUnknown } from './errors.ts'

/** What a command line may ask for besides the environment. */
export interface SeedWishes {
  readonly rows?: number
  readonly fromDatabase?: boolean
  readonly truncate?: boolean
  readonly models?: readonly string[]
  readonly referenceOnly?: boolean
  readonly seed?: string
  readonly workers?: number
  readonly to?: string
  readonly format?: string
  readonly from?: string
}

/**
 * Whether what is asked for can be had at all.
 * @throws SEED_ONLY_REFERENCE, SEED_FILES_FLAGS, SEED_MODEL_UNKNOWN with the nearest name
 */
export function checkWishes(wishes: SeedWishes, environment: Environment, { models }: DataModel): void {
  const { rows, fromDatabase, truncate } = wishes
  const flags = [
    ...(rows === undefined || rows === 0 ? [] : ['--rows']),
    ...(fromDatabase === true ? ['--from-database'] : []),
    ...(truncate === true ? ['--truncate'] : []),
    ...(wishes.to === undefined ? [] : ['--to']),
    ...(wishes.from === undefined ? [] : ['--from']),
  ]
  if (environment.isProduction && flags.length > 0) throw onlyReference(environment.name, flags)
  checkFlags(wishes)
  const known = models.filter(({ isView }) => !isView).map(({ name }) => name)
  for (const name of wishes.models ?? []) {
    if (!known.includes(name)) throw modelUnknown(name, nearestName(name, known))
  }
}

/** Files say which rows there are, and writing them leaves the rows of the database alone. */
function checkFlags(wishes: SeedWishes): void {
  const { to, from, format, rows, models, fromDatabase, referenceOnly, truncate, seed, workers } = wishes
  const used = (flag: string, isUsed: boolean): readonly string[] => (isUsed ? [flag] : [])
  const common = used('--reference-only', referenceOnly === true)
  const made = [
    ...used('--rows', rows !== undefined),
    ...used('--models', models !== undefined),
    ...used('--from-database', fromDatabase === true),
    ...used('--seed', seed !== undefined),
    ...used('--workers', workers !== undefined),
    ...used('--format', format !== undefined),
    ...used('--to', to !== undefined),
  ]
  const withFrom = [...common, ...made]
  const withTo = [...common, ...used('--truncate', truncate === true)]
  if (from !== undefined && withFrom.length > 0) throw filesFlags('--from', withFrom)
  if (to !== undefined && withTo.length > 0) throw filesFlags('--to', withTo)
  if (to === undefined && format !== undefined) throw formatWithoutTo(format)
}
