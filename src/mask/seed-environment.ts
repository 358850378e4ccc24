import { resolve } from 'node:path'
import type { Migration } from '../history/read-history.ts'
import { readDataModel } from '../prisma/data-model.ts'
import type { Environment } from '../seed/environments/environment.ts'
import { readEnvironment } from '../seed/environments/read-environment.ts'
import { seed, type SeedOptions } from '../seed/seed.ts'
import type { SeedResult } from '../seed/seed-result.ts'
import { seedOptionMasked } from './fixtures/errors.ts'
import type { LoadedFixture } from './fixtures/load-fixture.ts'

/** What is seeded, in a project that has a history. */
export interface SeedEnvironmentOptions extends SeedOptions {
  readonly history: readonly Migration[]
}

/** What was done, with the fixture that was loaded first. */
export interface SeededEnvironment extends SeedResult {
  readonly fixture?: LoadedFixture
}

/**
 * Fills an environment as its contract says: with the rows of its fixture, with synthetic ones, or with both; the
 * project's reference data comes after the fixture.
 * @throws as `seed` and `loadFixture`
 */
export async function seedEnvironment(options: SeedEnvironmentOptions): Promise<SeededEnvironment> {
  const { project, environment: name, history, ...rest } = options
  const { models } = readDataModel(project.schema.files)
  const environment = await readEnvironment(
    project,
    name,
    models.filter(({ isView }) => !isView).map((model) => model.name),
  )
  if (environment.data !== 'synthetic') refuseSwitches(options, environment)
  const wantsOthers = options.from !== undefined || options.referenceOnly === true
  if (environment.data === 'synthetic' || wantsOthers) return seed({ ...rest, project, environment: name })
  // Loaded only where there is a fixture to load.
  const { loadFixture } = await import('./fixtures/load-fixture.ts')
  const directory = resolve(project.directory, environment.fixture)
  const synthetic = environment.data === 'both' ? {} : { referenceOnly: true }
  const { database, truncate, confirm, dryRun, signal, report } = options
  const fixture = await loadFixture({
    project,
    environment: name,
    database,
    history,
    directory,
    ...(truncate === undefined ? {} : { truncate }),
    ...(dryRun === undefined ? {} : { dryRun }),
    ...(confirm === undefined ? {} : { confirm }),
    ...(signal === undefined ? {} : { signal }),
    ...(report === undefined ? {} : { report }),
  })
  // The tables were emptied for the fixture: its rows stay.
  const { truncate: _, ...others } = rest
  return { ...(await seed({ ...others, ...synthetic, project, environment: name })), fixture }
}

/** What is said of synthetic rows has no meaning where there are none, and files of them are no fixture. */
function refuseSwitches(options: SeedEnvironmentOptions, { name, data }: Pick<Environment, 'name' | 'data'>): void {
  const flags: readonly (readonly [string, unknown])[] = [
    ['--to', options.to],
    ...(data === 'masked' ? [['--rows', options.rows] as const, ['--models', options.models] as const] : []),
  ]
  const found = flags.find(([, value]) => value !== undefined)
  if (found !== undefined) throw seedOptionMasked(found[0], name)
}
