import { nearestName } from '../errors/nearest-name.ts'
import { type DatabaseUrl, parseDatabaseUrl } from '../postgres/database-url.ts'
import { readEnvironmentName, readStringValue } from '../prisma/schema-values.ts'
import type { EnvironmentConfig, UrlConfig } from './config.ts'
import { environmentUnknown, environmentWithoutUrl } from './errors.ts'
import type { Variables } from './load-config-file.ts'
import type { ProjectConfig } from './read-config.ts'
import { findDatasource, type SchemaFiles } from './schema-files.ts'
import { unsetVariableIn } from './unset-variable.ts'

/** Where the database of an environment is. */
export type DatabaseSource =
  /** A database of the embedded server. */
  | { readonly kind: 'embedded'; readonly name: string }
  /** `source` says where the URL was read, as in `DATABASE_URL, named in prisma.config.ts`. */
  | { readonly kind: 'url'; readonly url: DatabaseUrl; readonly source: string }
  /** A variable is to hold the URL and is not set. Only what needs the database fails on it. */
  | { readonly kind: 'unset'; readonly variable: string | undefined; readonly source: string }

/**
 * The database of an environment: what `tide.config.ts` says of it; for `dev` otherwise the URL of `prisma.config.ts`,
 * then that of the schema's datasource, then the embedded server.
 * @throws PROJECT_ENVIRONMENT_UNKNOWN, PROJECT_ENVIRONMENT_NO_URL, POSTGRES_URL_INVALID
 */
export function chooseDatabase(
  environment: string,
  config: ProjectConfig,
  schema: SchemaFiles,
  variables: Variables,
): DatabaseSource {
  const environments = config.tide.environments ?? {}
  const described = Object.hasOwn(environments, environment) ? environments[environment] : undefined
  if (described !== undefined) {
    const chosen = describedDatabase(environment, described, config.tideFile, variables)
    if (chosen !== undefined) return chosen
    if (environment !== 'dev') throw environmentWithoutUrl(environment, config.tideFile)
  }
  if (environment !== 'dev') {
    const known = [...new Set(['dev', ...Object.keys(environments)])]
    throw environmentUnknown(environment, nearestName(environment, known), known)
  }
  return prismaDatabase(config) ?? schemaDatabase(schema, variables) ?? { kind: 'embedded', name: environment }
}

/** What a `url` or a `urlVariable` of `tide.config.ts` names; `undefined` where neither is given. */
export function namedUrl(
  config: UrlConfig,
  path: string,
  file: string,
  variables: Variables,
): DatabaseSource | undefined {
  if (config.url !== undefined) return fromText(config.url, `${path}.url in ${file}`)
  if (config.urlVariable === undefined) return undefined
  return fromVariable(config.urlVariable, `${path}.urlVariable in ${file}`, variables)
}

function describedDatabase(
  name: string,
  described: EnvironmentConfig,
  file: string,
  variables: Variables,
): DatabaseSource | undefined {
  if (described.embedded === true) return { kind: 'embedded', name }
  return namedUrl(described, `environments.${name}`, file, variables)
}

function prismaDatabase({ prisma }: ProjectConfig): DatabaseSource | undefined {
  if (prisma?.datasource === undefined) return undefined
  return fromText(prisma.datasource.url, `datasource.url in ${prisma.file}`)
}

/** Prisma 6 migrates through `directUrl` where there is one: `url` may be that of a connection pool. */
function schemaDatabase(schema: SchemaFiles, variables: Variables): DatabaseSource | undefined {
  const datasource = findDatasource(schema.files)
  if (datasource === undefined) return undefined
  const sources = ['directUrl', 'url'].flatMap((name) => {
    const property = datasource.block.properties.find((candidate) => candidate.name === name)
    return property === undefined ? [] : [fromProperty(property, datasource.file.path, variables)]
  })
  return sources.find((source) => source.kind === 'url') ?? sources.at(-1)
}

function fromProperty(
  property: { readonly name: string; readonly valueText: string },
  file: string,
  variables: Variables,
): DatabaseSource {
  const source = `${property.name} in ${file}`
  const variable = readEnvironmentName(property.valueText)
  if (variable !== undefined) return fromVariable(variable, source, variables)
  return fromText(readStringValue(property.valueText) ?? '', source)
}

function fromVariable(variable: string, source: string, variables: Variables): DatabaseSource {
  const value = variables[variable]
  if (value === undefined || value === '') return { kind: 'unset', variable, source }
  return { kind: 'url', url: parseDatabaseUrl(value, `${variable} (${source})`), source: `${variable}, named as ${source}` }
}

function fromText(text: string | undefined, source: string): DatabaseSource {
  if (text === undefined || text === '') return { kind: 'unset', variable: undefined, source }
  const variable = unsetVariableIn(text)
  if (variable !== undefined) return { kind: 'unset', variable, source }
  return { kind: 'url', url: parseDatabaseUrl(text, source), source }
}
