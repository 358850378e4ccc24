import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { withCause } from '../../../errors/failure.ts'
import type { TableFacts } from '../../../postgres/tables/table-facts.ts'
import { tableKey } from '../../plan/table-key.ts'
import type { KeptKeys } from '../../reference/kept-keys.ts'
import { createRowCounter } from './count-rows.ts'
import { filesColumns, filesDamaged, filesEnvironment, filesMissing } from './errors.ts'
import type { FileFormat } from './formats.ts'
import { type Manifest, manifestName, type ManifestTable, readManifest, tablesOf } from './manifest.ts'
import { schemaHash } from './schema-hash.ts'

/** Files that were checked and fit the database. */
export interface CheckedFiles {
  /** Absolute. */
  readonly directory: string
  readonly manifest: Manifest
  /** What the database has for each table of the manifest, by `schema.table`. */
  readonly facts: ReadonlyMap<string, TableFacts>
}

/**
 * Whether files can be loaded: version, checksum of every file, tables and columns. Nothing is written.
 * @throws SEED_FILES_MISSING, SEED_FILES_UNREADABLE, SEED_FILES_VERSION, SEED_FILES_ENVIRONMENT, SEED_FILES_DAMAGED,
 * SEED_FILES_COLUMNS
 */
export async function checkFiles(
  directory: string,
  environment: string,
  tables: readonly TableFacts[],
): Promise<CheckedFiles> {
  const manifest = readManifest(directory)
  if (manifest.environment !== environment) throw filesEnvironment(manifest.environment, environment)
  const facts = await checkTables(directory, manifest, tables)
  for (const pointed of manifest.keys ?? []) checkPointed(pointed, tables)
  return { directory, manifest, facts }
}

/** A manifest, of which files are checked: that of a fixture has no format, as it is always COPY's. */
type FilesManifest = Pick<Manifest, 'transactions'> & { readonly format?: FileFormat }

/**
 * Whether every file is as it was written, and has the rows of the manifest: whoever empties tables for them must know
 * before.
 * @throws SEED_FILES_MISSING, SEED_FILES_DAMAGED
 */
export async function checkSums(directory: string, manifest: FilesManifest): Promise<void> {
  for (const entry of tablesOf(manifest)) {
    const rows = await checkFile(directory, entry, manifest.format ?? 'copy')
    if (rows !== entry.rows) throw filesDamaged(entry.file, `it has ${rows} rows, and ${entry.rows} by its manifest`)
    if (entry.patch !== undefined) await checkFile(directory, entry.patch, 'sql')
  }
}

/**
 * Whether the files of a folder are whole, and fit the tables of a database.
 * @returns what the database has for each table of the manifest, by `schema.table`
 * @throws SEED_FILES_MISSING, SEED_FILES_DAMAGED, SEED_FILES_COLUMNS
 */
export async function checkTables(
  directory: string,
  manifest: FilesManifest & Pick<Manifest, 'schemaHash'>,
  tables: readonly TableFacts[],
): Promise<ReadonlyMap<string, TableFacts>> {
  const facts = new Map<string, TableFacts>()
  await checkSums(directory, manifest)
  for (const entry of tablesOf(manifest)) {
    const found = tables.find(({ schema, name }) => schema === entry.schema && name === entry.name)
    if (found === undefined) throw filesColumns(entry.file, `there is no table ${tableKey(entry)}`)
    facts.set(tableKey(entry), found)
  }
  if (schemaHash([...facts.values()]) !== manifest.schemaHash) {
    for (const entry of tablesOf(manifest)) checkColumns(entry, facts.get(tableKey(entry))?.columns ?? [])
  }
  return facts
}

function checkPointed({ schema, name, key, given }: KeptKeys, tables: readonly TableFacts[]): void {
  const found = tables.find((table) => table.schema === schema && table.name === name)
  if (found === undefined) throw filesColumns(manifestName, `there is no table ${schema}.${name}`)
  const lacking = [...key, ...given].find((column) => !found.columns.some((one) => one.name === column))
  if (lacking !== undefined) throw filesColumns(manifestName, `${schema}.${name} has no column ${lacking}`)
}

/** @returns how many rows the file has */
async function checkFile(
  directory: string,
  { file, sha256 }: { readonly file: string; readonly sha256: string },
  format: FileFormat,
): Promise<number> {
  const hash = createHash('sha256')
  const counter = createRowCounter(format)
  try {
    for await (const chunk of createReadStream(join(directory, file)) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      counter.add(chunk)
    }
  } catch (error) {
    throw withCause(filesMissing(directory, file), error)
  }
  if (hash.digest('hex') !== sha256) throw filesDamaged(file, 'its SHA-256 is another than in manifest.json')
  return counter.rows()
}

function checkColumns(entry: ManifestTable, columns: TableFacts['columns']): void {
  const table = tableKey(entry)
  for (const { name, type } of entry.columns) {
    const found = columns.find((column) => column.name === name)
    if (found === undefined) throw filesColumns(entry.file, `${table} has no column ${name}`)
    if (found.generated !== undefined) throw filesColumns(entry.file, `${table}.${name} is a generated column`)
    if (found.type !== type) throw filesColumns(entry.file, `${table}.${name} is ${found.type}, not ${type}`)
  }
  const given = new Set(entry.columns.map(({ name }) => name))
  const lacking = columns.find(
    (column) =>
      column.notNull &&
      column.default === undefined &&
      column.identity === undefined &&
      column.generated === undefined &&
      !given.has(column.name),
  )
  if (lacking !== undefined) throw filesColumns(entry.file, `it has no values for ${table}.${lacking.name}, which must have one`)
}
