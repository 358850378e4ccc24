import { nearestName } from '../errors/nearest-name.ts'
import type { DataModel, ModelInfo } from '../prisma/data-model.ts'
import { filesFlags, formatWithoutTo } from './deliver/files/errors.ts'
import { environmentInvalid, onlyReference } from './environments/errors.ts'
import type { Environment } from './environments/environment.ts'
import { flagsUnused, modelUnknown } from './errors.ts'

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
 * @throws SEED_ONLY_REFERENCE, SEED_FILES_FLAGS, SEED_ENVIRONMENT_INVALID, SEED_MODEL_UNKNOWN with the nearest name
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
  checkParents(environment, models)
  const known = models.filter(({ isView }) => !isView).map(({ name }) => name)
  for (const name of wishes.models ?? []) {
    // What the schema does not model is looked up in the catalog.
    if (known.includes(name) || (fromDatabase === true && name.includes('.'))) continue
    throw modelUnknown(name, nearestName(name, known))
  }
}

/**
 * Whether `--confirm` has something to confirm, and `--mark` stands alone: it writes the mark and nothing else.
 * @param others flags that say what is filled
 * @throws SEED_FLAGS_UNUSED
 */
export function checkConfirm(
  flags: { readonly mark: boolean; readonly truncate: boolean; readonly confirm?: string | undefined },
  others: readonly string[],
): void {
  const { mark, truncate, confirm } = flags
  if (mark && others.length > 0) {
    throw flagsUnused(others, 'With --mark nothing but the mark is written.', `Mark first, without ${others.join(' and ')}; then seed.`)
  }
  if (confirm === undefined || mark || truncate) return
  const why = 'It confirms --truncate and --mark, and neither is there.'
  throw flagsUnused(['--confirm'], why, 'Leave it out, or add --truncate where the tables are to be emptied.')
}

/** `per` counts the children of each row: of a model that no relation leads to there are none. */
function checkParents({ name, file, models: counts }: Environment, models: readonly ModelInfo[]): void {
  const problems = Object.entries(counts).flatMap(([child, count]) =>
    typeof count === 'number' || parentsOf(child, models).has(count.per)
      ? []
      : [`models.${child}.per: no relation of ${child} leads to ${count.per}, so no row of it belongs to one`],
  )
  if (problems.length > 0) throw environmentInvalid(file ?? name, problems)
}

/** The models that a model points to, over others as well, and those that it has many of while they have many of it. */
function parentsOf(child: string, models: readonly ModelInfo[]): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [child]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const { type, isList, relationFields } of models.find((model) => model.name === name)?.fields ?? []) {
      const isMany = isList && hasMany(type, name, models)
      if ((relationFields.length === 0 && !isMany) || found.has(type)) continue
      found.add(type)
      open.push(type)
    }
  }
  return found
}

function hasMany(model: string, of: string, models: readonly ModelInfo[]): boolean {
  return models.find(({ name }) => name === model)?.fields.some(({ type, isList }) => isList && type === of) === true
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
