import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { withCause } from '../errors/failure.ts'
import { chooseDatabase, type DatabaseSource, namedUrl } from './database-source.ts'
import type { TideConfig } from './config.ts'
import { withEnvironmentFiles } from './environment-files.ts'
import { directoryMissing, fileUnreadable } from './errors.ts'
import type { Variables } from './load-config-file.ts'
import { type ProjectConfig, readConfig } from './read-config.ts'
import { findSchema, type NamedPath, readSchemaFiles, schemaDirectory, type SchemaFiles } from './schema-files.ts'
import { stateDirectoryOf } from './state-directory.ts'

/** The user's folder, read once: everything that follows from its files and from the variables handed in. */
export interface Project {
  /** Absolute, with symbolic links resolved. */
  readonly directory: string
  readonly environment: string
  readonly schema: SchemaFiles
  /** The folder of the history, absolute; it need not exist. */
  readonly migrationsDirectory: string
  /** `.tide`, absolute; it need not exist. */
  readonly stateDirectory: string
  readonly config: TideConfig
  /** The database of the environment. `resolveDatabase` makes sure of it. */
  readonly database: DatabaseSource
  /** Where rehearsals are made. `resolveRehearsals` makes sure of it. */
  readonly rehearsal: DatabaseSource | { readonly kind: 'embedded' }
  /** SQL that runs in an empty rehearsal before the first migration. */
  readonly rehearsalSetup?: string
  /** The command that seeds the database, where `prisma.config.ts` names one. */
  readonly prismaSeed?: string
  /** Those handed in, with those of the `.env` files. */
  readonly variables: Variables
}

/** Which project, and seen from where. */
export interface OpenProjectOptions {
  readonly directory: string
  /** `dev` where nothing is said. */
  readonly environment?: string | undefined
  readonly variables: Variables
}

/**
 * Reads a project: its config files, `.env` files, schema and places. It connects to nothing and starts nothing.
 * @throws PROJECT_* and POSTGRES_URL_INVALID, each naming the file at fault
 */
export async function openProject(options: OpenProjectOptions): Promise<Project> {
  const directory = resolveDirectory(options.directory)
  const environment = options.environment ?? 'dev'
  const early = withEnvironmentFiles(options.variables, [join(directory, '.env'), join(directory, 'prisma', '.env')])
  const config = await readConfig(directory, early)

  const named = findSchema(directory, namedSchema(directory, config))
  const migrationsDirectory = findMigrations(directory, config, named.path)
  const schema = readSchemaFiles(named, migrationsDirectory)
  const variables = withEnvironmentFiles(config.variables, [join(schemaDirectory(schema.root), '.env')])
  const setup = config.tide.rehearsal?.setup ?? config.prisma?.migrations?.initShadowDb
  const seed = config.prisma?.migrations?.seed
  return {
    directory,
    environment,
    schema,
    migrationsDirectory,
    stateDirectory: stateDirectoryOf(directory),
    config: config.tide,
    database: chooseDatabase(environment, config, schema, variables),
    rehearsal: namedUrl(config.tide.rehearsal ?? {}, 'rehearsal', config.tideFile, variables) ?? { kind: 'embedded' },
    ...(setup === undefined ? {} : { rehearsalSetup: setup }),
    ...(seed === undefined ? {} : { prismaSeed: seed }),
    variables,
  }
}

function resolveDirectory(directory: string): string {
  const absolute = resolve(directory)
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory() !== true) throw directoryMissing(absolute)
  return realpathSync(absolute)
}

/** The nearest word wins: Tide's own config, Prisma's, then the `prisma` key that Prisma 6 reads in package.json. */
function namedSchema(directory: string, config: ProjectConfig): NamedPath | undefined {
  if (config.tide.schema !== undefined) {
    return { path: resolve(directory, config.tide.schema), source: config.tideFile }
  }
  if (config.prisma?.schema !== undefined) {
    return { path: resolve(dirname(config.prisma.path), config.prisma.schema), source: config.prisma.file }
  }
  const schema = packageSchema(join(directory, 'package.json'))
  return schema === undefined ? undefined : { path: resolve(directory, schema), source: 'package.json' }
}

function packageSchema(file: string): string | undefined {
  if (!existsSync(file)) return undefined
  try {
    const content = JSON.parse(readFileSync(file, 'utf8')) as { prisma?: { schema?: unknown } } | null
    const schema = content?.prisma?.schema
    return typeof schema === 'string' ? schema : undefined
  } catch (error) {
    throw withCause(fileUnreadable(file, error instanceof Error ? error.message : String(error)), error)
  }
}

/** In the schema's folder. Beside it where a folder such as `prisma/schema` has none of its own. */
function findMigrations(directory: string, config: ProjectConfig, schemaRoot: string): string {
  if (config.tide.migrations !== undefined) return resolve(directory, config.tide.migrations)
  const path = config.prisma?.migrations?.path
  if (config.prisma !== undefined && path !== undefined) return resolve(dirname(config.prisma.path), path)
  const inside = join(schemaDirectory(schemaRoot), 'migrations')
  const beside = join(dirname(schemaRoot), 'migrations')
  // `migrations` in the project's own folder belongs to another tool as likely as not.
  const isPrismas = dirname(beside) !== directory && existsSync(beside)
  return !existsSync(inside) && isPrismas ? beside : inside
}
