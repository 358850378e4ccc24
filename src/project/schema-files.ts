import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { readSchemaBlocks, type SchemaBlock } from '../prisma/schema-blocks.ts'
import { readStringList, readStringValue } from '../prisma/schema-values.ts'
import { withCause } from '../errors/failure.ts'
import { datasourceMissing, fileUnreadable, providerUnsupported, schemaMissing, schemaNotFound } from './errors.ts'

/** The schema of a project, as it is on disk. */
export interface SchemaFiles {
  /** The schema's file, or the folder of its files. Absolute. */
  readonly root: string
  /** In the order of their paths, which are absolute. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
  readonly provider: 'postgresql'
  /** The `schemas` of the datasource; empty where it names none. */
  readonly schemas: readonly string[]
}

/** A path that somebody named, and where: `prisma.config.ts`, `package.json`. */
export interface NamedPath {
  readonly path: string
  readonly source: string
}

/**
 * Where the schema is: the place that is named, or the first of Prisma's own places.
 * @throws PROJECT_SCHEMA_NOT_FOUND
 */
export function findSchema(directory: string, named: NamedPath | undefined): NamedPath {
  if (named !== undefined) return named
  const places = ['schema.prisma', 'prisma/schema.prisma', 'prisma/schema']
  const found = places.find((place) => existsSync(join(directory, place)))
  if (found === undefined) throw schemaNotFound(directory, places)
  return { path: join(directory, found), source: 'the default places' }
}

/** The folder whose `migrations` and `.env` belong to the schema. */
export function schemaDirectory(root: string): string {
  return isFolder(root) ? root : dirname(root)
}

/**
 * Reads the schema's file, or every `.prisma` file below its folder but those of the history.
 * @throws PROJECT_SCHEMA_MISSING, PROJECT_FILE_UNREADABLE, PROJECT_DATASOURCE_MISSING, PROJECT_PROVIDER_UNSUPPORTED
 */
export function readSchemaFiles(named: NamedPath, migrationsDirectory: string): SchemaFiles {
  const { path: root, source } = named
  if (!existsSync(root)) throw schemaMissing(root, source, 'There is no such file or folder.')
  const paths = isFolder(root) ? prismaFilesIn(root, migrationsDirectory) : [root]
  if (paths.length === 0) throw schemaMissing(root, source, 'The folder holds no file whose name ends with .prisma.')

  const files = paths.map((path) => ({ path, text: readText(path) }))
  const { file, block } = findDatasource(files) ?? {}
  if (file === undefined || block === undefined) throw datasourceMissing(root)
  const schemas = block.properties.find((property) => property.name === 'schemas')
  return {
    root,
    files,
    provider: readProvider(file, block),
    schemas: schemas === undefined ? [] : readStringList(schemas.valueText),
  }
}

/** The datasource's block, and the file that holds it. */
export function findDatasource<File extends { readonly text: string }>(
  files: readonly File[],
): { readonly file: File; readonly block: SchemaBlock } | undefined {
  for (const file of files) {
    const block = readSchemaBlocks(file.text).find((candidate) => candidate.keyword === 'datasource')
    if (block !== undefined) return { file, block }
  }
  return undefined
}

function readProvider(file: { readonly path: string; readonly text: string }, block: SchemaBlock): 'postgresql' {
  const property = block.properties.find((candidate) => candidate.name === 'provider')
  const provider = readStringValue(property?.valueText ?? '')
  if (provider === 'postgresql' || provider === 'postgres') return 'postgresql'
  const line = file.text.slice(0, property?.start ?? block.start).split('\n').length
  throw providerUnsupported(file.path, line, property?.valueText ?? 'not given')
}

function prismaFilesIn(root: string, migrationsDirectory: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.prisma') && !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => relative(migrationsDirectory, path).startsWith('..'))
    .sort()
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    throw withCause(fileUnreadable(path, error instanceof Error ? error.message : String(error)), error)
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
