import { join, relative } from 'node:path'
import { type LoadedConfig, type Variables, findConfigFile, loadConfigFile } from './load-config-file.ts'
import type { TideConfig } from './config.ts'
import { configInvalid } from './errors.ts'
import { ensureStateDirectory, stateDirectoryOf } from './state-directory.ts'

/** What the two config files of a project say. */
export interface ProjectConfig {
  readonly tide: TideConfig
  /** The name of `tide.config.ts`, as messages show it; also where the file is missing and would be written. */
  readonly tideFile: string
  readonly prisma: PrismaConfig | undefined
  /** Those handed in, and those that a config file set. */
  readonly variables: Variables
}

/** What Tide reads of a `prisma.config.ts`. */
export interface PrismaConfig {
  /** Its path, absolute: paths in it are relative to its folder. */
  readonly path: string
  /** Its path as messages show it. */
  readonly file: string
  readonly schema?: string
  readonly migrations?: { readonly path?: string; readonly seed?: string; readonly initShadowDb?: string }
  /** `url` is present and undefined where the file takes it from a variable that is not set. */
  readonly datasource?: { readonly url?: string | undefined }
}

/**
 * Reads `prisma.config.ts` and `tide.config.ts`, of whatever extension; neither need exist.
 * @throws PROJECT_CONFIG_UNREADABLE, PROJECT_CONFIG_INVALID
 */
export async function readConfig(directory: string, variables: Variables): Promise<ProjectConfig> {
  const prismaPath = findConfigFile(directory, prismaNames)
  const tidePath = findConfigFile(directory, ['tide.config'])
  const load = loader(directory)

  const prisma = prismaPath === undefined ? undefined : await load(prismaPath, variables)
  const tide = tidePath === undefined ? undefined : await load(tidePath, prisma?.variables ?? variables)
  const tideFile = tidePath === undefined ? 'tide.config.ts' : relative(directory, tidePath)
  return {
    tide: tide === undefined ? {} : await checked(tide.value, tideFile),
    tideFile,
    prisma:
      prismaPath === undefined ? undefined : pickPrisma(prisma?.value, prismaPath, relative(directory, prismaPath)),
    variables: tide?.variables ?? prisma?.variables ?? variables,
  }
}

/** In the order in which Prisma 7 looks for them. */
const prismaNames = ['prisma7.config', '.config/prisma7', 'prisma.config', '.config/prisma', '.config/prisma.config']

function loader(directory: string): (path: string, variables: Variables) => Promise<LoadedConfig> {
  const state = stateDirectoryOf(directory)
  return (path, variables) =>
    loadConfigFile(path, variables, ensureStateDirectory(state) ? join(state, 'cache', 'config') : undefined)
}

/** The validator is loaded only where there is something to validate. */
async function checked(value: unknown, file: string): Promise<TideConfig> {
  const { checkConfig } = await import('./check-config.ts')
  return checkConfig(value, file)
}

/** Only the keys that Tide uses are judged: the rest is Prisma's. */
function pickPrisma(value: unknown, path: string, file: string): PrismaConfig {
  const config = objectAt(value, 'the default export', file) ?? {}
  const migrations = objectAt(config['migrations'], 'migrations', file)
  const datasource = objectAt(config['datasource'], 'datasource', file)
  const text = (holder: Readonly<Record<string, unknown>>, key: string, name: string) =>
    keepText(holder[key], key, name, file)
  return {
    path,
    file,
    ...text(config, 'schema', 'schema'),
    ...(migrations === undefined
      ? {}
      : {
          migrations: {
            ...text(migrations, 'path', 'migrations.path'),
            ...text(migrations, 'seed', 'migrations.seed'),
            ...text(migrations, 'initShadowDb', 'migrations.initShadowDb'),
          },
        }),
    ...(datasource === undefined || !('url' in datasource)
      ? {}
      : { datasource: { url: undefined, ...text(datasource, 'url', 'datasource.url') } }),
  }
}

function objectAt(value: unknown, name: string, file: string): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw configInvalid(file, [`${name} must be an object`])
}

function keepText(value: unknown, key: string, name: string, file: string): Readonly<Record<string, string>> {
  if (value === undefined) return {}
  if (typeof value === 'string') return { [key]: value }
  throw configInvalid(file, [`${name} must be text`])
}
