import { join } from 'node:path'
import type { Connection } from '../postgres/connect.ts'
import { explaining } from './deliver/explain-refusal.ts'
import type { FileFormat } from './deliver/files/formats.ts'
import {
  type Manifest,
  type ManifestTable,
  manifestVersion,
} from './deliver/files/manifest.ts'
import { dataFileName, explainFileError, finishDirectory, prepareDirectory, removeFiles } from './deliver/files/prepare-directory.ts'
import { schemaHash } from './deliver/files/schema-hash.ts'
import { patchedColumns } from './deliver/files/file-text.ts'
import { writePatch, writeTable } from './deliver/files/write-table.ts'
import { withOwnChecks } from './deliver/files/own-checks.ts'
import type { SeedPlan, TablePlan } from './plan/seed-plan.ts'
import { targetKey } from './plan/table-key.ts'
import { type PreparedRun, prepareWithin } from './prepare-run.ts'
import { generatorVersion } from './random/generator-version.ts'
import { type KeptKeys, type PointedTable, readKeptKeys } from './reference/kept-keys.ts'
import { createRowMakers, type RowMakers } from './rows/row-makers.ts'
import { type SeededTable, type SeedRowsInput, type SeedRowsResult, startThreads } from './seed-rows.ts'

/** Where files go, and how they are written. */
export interface FilesTarget {
  /** Absolute. */
  readonly directory: string
  readonly format: FileFormat
  /** Named in the manifest. */
  readonly environment: string
}

/**
 * Writes the rows that `seedRows` would put into empty tables as files, one for each table, with a manifest. The
 * database is read and not changed. Memory does not grow with the rows.
 * @param connection in a transaction of `inTransaction` or `applyReference`, whose rows are seen
 * @throws SEED_FILES_DIRECTORY, SEED_FILES_WRITE, and what `seedRows` throws before the first row
 */
export async function writeSeedFiles(
  connection: Connection,
  input: SeedRowsInput,
  target: FilesTarget,
): Promise<SeedRowsResult> {
  const start = performance.now()
  const prepared = await explaining('the tables were read', () => prepareWithin(connection, { ...input, isForEmpty: true }))
  prepareDirectory(target.directory)
  const tables = await writeTables(connection, prepared, input, target)
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const cover = prepared.cover === undefined ? {} : { cover: prepared.cover }
  return { tables, rows, ms: Math.round(performance.now() - start), ...cover }
}

async function writeTables(
  connection: Connection,
  prepared: PreparedRun,
  progress: SeedRowsInput,
  target: FilesTarget,
): Promise<readonly SeededTable[]> {
  const { plan, locale, rules } = prepared
  const makers = createRowMakers(plan, { locale, rules })
  await using threads = startThreads(prepared, progress.workers)
  const chunks = threads === undefined ? {} : { chunks: threads.chunks }
  const files: string[] = []
  const seeded: SeededTable[] = []
  const written = new Map<string, ManifestTable>()
  try {
    for (const [place, table] of plan.tables.entries()) {
      const start = performance.now()
      const numbers = { file: place + 1, patch: plan.tables.length + place + 1 }
      const entry = await explaining(`the rows of ${table.key} were made`, () => writeOne(table, numbers))
      written.set(table.key, entry)
      const model = table.model === undefined ? {} : { model: table.model }
      const ms = Math.round(performance.now() - start)
      seeded.push({ table: table.key, ...model, rows: table.rows, state: 'filled', ms, notes: [] })
    }
    finishDirectory(target.directory, describe(await readKeptKeys(connection, pointedTables(plan))))
    return seeded
  } catch (error) {
    removeFiles(target.directory, files)
    throw explainFileError(target.directory, error)
  }

  async function writeOne(
    table: TablePlan,
    numbers: { readonly file: number; readonly patch: number },
  ): Promise<ManifestTable> {
    const { format, directory } = target
    const patched = [...patchedColumns(table)]
    const maker = makers.table(table.key)
    const one = { connection, table: withOwnChecks(table, maker), maker, format, progress, ...chunks }
    const file = dataFileName(numbers.file, table.key, format)
    files.push(file)
    const sha256 = await writeTable(join(directory, file), one)
    const entry = { ...describeTable(table, makers), file, sha256, patched }
    if (format !== 'sql' || patched.length === 0) return entry
    const patch = dataFileName(numbers.patch, `${table.key}.update`, format)
    files.push(patch)
    return { ...entry, patch: { file: patch, sha256: await writePatch(join(directory, patch), one) } }
  }

  function describe(keys: readonly KeptKeys[]): Manifest {
    return {
      version: manifestVersion,
      format: target.format,
      environment: target.environment,
      seed: plan.seed,
      generatorVersion,
      locale: plan.locale,
      clock: new Date(plan.now).toISOString(),
      run: prepared.run,
      schemaHash: schemaHash(plan.tables.map(({ facts }) => facts)),
      transactions: plan.groups.map(({ isDeferred, tables }) => ({
        deferred: isDeferred,
        tables: plan.tables.flatMap(({ key }) => {
          const entry = tables.includes(key) ? written.get(key) : undefined
          return entry === undefined ? [] : [entry]
        }),
      })),
      ...(keys.length === 0 ? {} : { keys }),
    }
  }
}

/** The tables that rows point to and that are not filled. */
function pointedTables({ tables, parents }: SeedPlan): readonly PointedTable[] {
  return [...parents].flatMap(([key, { columns }]) => {
    const target = tables.flatMap(({ facts }) => facts.foreignKeys).find((one) => targetKey(one) === key)?.target
    return target === undefined ? [] : [{ schema: target.schema, name: target.table, columns }]
  })
}

function describeTable(
  table: TablePlan,
  makers: RowMakers,
): Pick<ManifestTable, 'schema' | 'name' | 'model' | 'columns' | 'rows' | 'offset' | 'moved'> {
  const { facts, model, rows, offset, moved } = table
  const types = new Map(facts.columns.map(({ name, type }) => [name, type]))
  return {
    schema: facts.schema,
    name: facts.name,
    ...(model === undefined ? {} : { model }),
    columns: makers.table(table.key).columns.map((name) => ({ name, type: types.get(name) ?? 'text' })),
    rows,
    offset,
    ...(moved.size === 0 ? {} : { moved: [...moved].map(([owner, numbers]) => [owner, [...numbers]]) }),
  }
}
