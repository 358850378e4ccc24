import { defineFailure } from '../errors/failure.ts'

/** The project's folder is none. */
export const directoryMissing = defineFailure('PROJECT_DIRECTORY_MISSING', (directory: string) => ({
  message: `The project's folder ${directory} does not exist.`,
  fix: 'Start Tide in the folder of the project, or name it with --project.',
  where: { file: directory },
}))

/** A config file says what Tide does not know, or says it wrongly. */
export const configInvalid = defineFailure('PROJECT_CONFIG_INVALID', (file: string, problems: readonly string[]) => ({
  message: `${file} cannot be used: ${problems.join('; ')}.`,
  fix: 'Correct the keys named; docs/configuration.md describes every one.',
  where: { file },
  meta: { problems },
}))

/** A config file does not compile, or throws when it runs. */
export const configUnreadable = defineFailure('PROJECT_CONFIG_UNREADABLE', (file: string, reason: string) => ({
  message: `${file} cannot be loaded.`,
  why: reason,
  fix: 'Correct the file: it is run as a module, and its default export is read.',
  where: { file },
}))

/** A file that the project names, such as an `.env` file or a schema, is there and cannot be read. */
export const fileUnreadable = defineFailure('PROJECT_FILE_UNREADABLE', (file: string, reason: string) => ({
  message: `${file} cannot be read.`,
  why: reason,
  fix: 'Check that it is a text file in UTF-8 and that you may read it.',
  where: { file },
}))

/** No schema at any of the places where Prisma looks for one. */
export const schemaNotFound = defineFailure(
  'PROJECT_SCHEMA_NOT_FOUND',
  (directory: string, places: readonly string[]) => ({
    message: `${directory} has no Prisma schema.`,
    why: `Tide looked for ${places.join(', ')}.`,
    fix: 'Start a project here with `tide init`, or name the schema in prisma.config.ts.',
  }),
)

/** A schema is named and is not there, or holds no `.prisma` file. */
export const schemaMissing = defineFailure('PROJECT_SCHEMA_MISSING', (path: string, source: string, why: string) => ({
  message: `The schema ${path}, named in ${source}, cannot be used.`,
  why,
  fix: `Correct the path in ${source}.`,
  where: { file: path },
}))

/** The schema has no datasource, and so no database it is for. */
export const datasourceMissing = defineFailure('PROJECT_DATASOURCE_MISSING', (path: string) => ({
  message: `The schema ${path} has no datasource.`,
  fix: 'Add to it:\n  datasource db {\n    provider = "postgresql"\n  }',
  where: { file: path },
}))

/** The schema is for another database. */
export const providerUnsupported = defineFailure(
  'PROJECT_PROVIDER_UNSUPPORTED',
  (file: string, line: number, provider: string) => ({
    message: `Tide works with PostgreSQL; the datasource's provider is ${provider}.`,
    fix: 'Use Tide with a schema whose datasource says provider = "postgresql".',
    where: { file, line },
  }),
)

/** An environment is named that nothing describes. */
export const environmentUnknown = defineFailure(
  'PROJECT_ENVIRONMENT_UNKNOWN',
  (name: string, nearest: string | undefined, known: readonly string[]) => ({
    message: `There is no environment "${name}".`,
    why: `The environments are ${known.join(', ')}.`,
    fix:
      nearest === undefined
        ? `Describe it in tide.config.ts: environments: { ${JSON.stringify(name)}: { embedded: true } } for a database of ` +
          "the embedded PostgreSQL, or { urlVariable: 'NAME' } with the variable that holds its URL."
        : `Did you mean ${nearest}?`,
    meta: { known },
  }),
)

/** An environment is described, but not where its database is. */
export const environmentWithoutUrl = defineFailure('PROJECT_ENVIRONMENT_NO_URL', (name: string, file: string) => ({
  message: `The environment "${name}" names no database.`,
  fix: `In ${file} give environments.${name} a urlVariable, a url, or embedded: true.`,
}))

/** A URL is to come from an environment variable that is not set. */
export const variableUnset = defineFailure(
  'PROJECT_VARIABLE_UNSET',
  (variable: string | undefined, source: string, embeddedWay: string | undefined) => ({
    message: `${variable === undefined ? 'The variable for the database URL' : `The variable ${variable}`} is not set.`,
    why: `The database URL comes from it: ${source}.`,
    fix: [
      `Set ${variable ?? 'it'} in the environment or in .env`,
      ...(embeddedWay === undefined ? [] : [`or use the embedded PostgreSQL: ${embeddedWay}`]),
    ].join(', ').concat('.'),
    ...(variable === undefined ? {} : { meta: { variable } }),
  }),
)

/** The folder of caches takes no file: the disk is full, or it belongs to somebody else. */
export const cacheUnwritable = defineFailure('PROJECT_CACHE_UNWRITABLE', (directory: string, reason: string) => ({
  message: `The cache folder ${directory} cannot be written.`,
  why: reason,
  fix: 'Make room on the disk, or make the folder writable; it may be deleted at any time. Nothing else was changed.',
}))

/** The SQL that prepares an empty rehearsal does not run. */
export const rehearsalSetupFailed = defineFailure('PROJECT_REHEARSAL_SETUP', (reason: string) => ({
  message: 'The SQL that prepares an empty rehearsal does not run.',
  why: reason,
  fix: 'Correct `rehearsal.setup` in tide.config.ts, or `migrations.initShadowDb` in prisma.config.ts.',
}))

/** A git reference that git does not know, or no repository at all. */
export const referenceUnknown = defineFailure('PROJECT_REFERENCE_UNKNOWN', (reference: string, directory: string) => ({
  message: `git does not know "${reference}" in ${directory}.`,
  why: 'The migrations that changed since then are asked of git.',
  fix: 'Name a branch, a tag or a commit that is there: `git fetch` brings those of others, and a shallow clone has few.',
}))
