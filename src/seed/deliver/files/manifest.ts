import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import { withCause } from '../../../errors/failure.ts'
import { fileFormats } from './formats.ts'
import { filesMissing, filesUnreadable, filesVersion } from './errors.ts'

/** What the manifest of a folder of files is called. */
export const manifestName = 'manifest.json'

/** Raised when files of an older version can no longer be loaded. */
export const manifestVersion = 1

const fileName = v.pipe(
  v.string(),
  v.check(
    (name) => name !== '' && name === basename(name) && !name.includes('\\'),
    'must be the name of a file in the folder',
  ),
)
const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0))
/** A SHA-256 in hexadecimal. */
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal'))

/** A table of a manifest, in that of a seed and in that of a fixture. */
export const manifestTableSchema = v.object({
  schema: v.string(),
  name: v.string(),
  model: v.optional(v.string()),
  /** Those that the files have, in their order, with the types as `format_type` writes them. */
  columns: v.array(v.object({ name: v.string(), type: v.string() })),
  rows: wholeNumber,
  /** What was added to numbered keys. */
  offset: wholeNumber,
  /** Rows that count as other ones where values must be distinct: by what counts, the row and its number. */
  moved: v.optional(v.array(v.tuple([v.string(), v.array(v.tuple([wholeNumber, wholeNumber]))]))),
  file: fileName,
  sha256,
  /** Columns that close a cycle: set once the rows of the whole transaction are there. */
  patched: v.array(v.string()),
  /** With `sql`: the statements that set them. */
  patch: v.optional(v.object({ file: fileName, sha256 })),
})

/** Tables that are loaded together, in the order in which they load: parents before children. */
export const transactionsSchema = v.array(v.object({ deferred: v.boolean(), tables: v.array(manifestTableSchema) }))

const texts = v.pipe(v.array(v.string()), v.readonly())
/** The keys of reference data that rows of the files point to; see `KeptKeys`. */
const keysSchema = v.pipe(
  v.array(
    v.object({
      schema: v.string(),
      name: v.string(),
      key: texts,
      given: texts,
      rows: v.pipe(v.array(texts), v.readonly()),
    }),
  ),
  v.readonly(),
)

const manifestSchema = v.object({
  version: v.literal(manifestVersion),
  format: v.picklist(fileFormats),
  environment: v.string(),
  seed: v.string(),
  generatorVersion: wholeNumber,
  locale: v.string(),
  /** The moment that counted as now. */
  clock: v.pipe(v.string(), v.isoTimestamp()),
  /** What a run that makes the same rows is called in the record of a database. */
  run: v.string(),
  schemaHash: sha256,
  transactions: transactionsSchema,
  keys: v.optional(keysSchema),
})

/** What stands in the files of a folder. */
export type Manifest = v.InferOutput<typeof manifestSchema>

/** A table and its file. */
export type ManifestTable = v.InferOutput<typeof manifestTableSchema>

/** The tables of a manifest, in the order in which they load. */
export function tablesOf({ transactions }: Pick<Manifest, 'transactions'>): readonly ManifestTable[] {
  return transactions.flatMap(({ tables }) => tables)
}

/** Written last: a folder with a manifest is whole. */
export function writeManifest(directory: string, manifest: object): void {
  writeFileSync(join(directory, manifestName), `${JSON.stringify(manifest, undefined, 2)}\n`)
}

/** @throws SEED_FILES_MISSING, SEED_FILES_UNREADABLE, SEED_FILES_VERSION */
export function readManifest(directory: string): Manifest {
  const value = parseManifest(directory)
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined
  if (typeof version === 'number' && version !== manifestVersion) throw filesVersion(version, manifestVersion)
  const result = v.safeParse(manifestSchema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  throw filesUnreadable(manifestName, `${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`)
}

/**
 * What a manifest holds, before it is known what it is.
 * @throws SEED_FILES_MISSING, SEED_FILES_UNREADABLE
 */
export function parseManifest(directory: string): unknown {
  const text = readText(directory)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw withCause(filesUnreadable(manifestName, error instanceof Error ? error.message : String(error)), error)
  }
}

function readText(directory: string): string {
  try {
    return readFileSync(join(directory, manifestName), 'utf8')
  } catch (error) {
    throw withCause(filesMissing(directory, manifestName), error)
  }
}
