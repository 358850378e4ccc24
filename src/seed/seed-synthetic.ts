import type { DataModel } from '../prisma/data-model.ts'
import type { CheckedFiles } from './deliver/files/check-files.ts'
import { tablesOf } from './deliver/files/manifest.ts'
import type { Environment } from './environments/environment.ts'
import { loadSeedFiles } from './load-seed-files.ts'
import { tableKey } from './plan/table-key.ts'
import type { RowsPlan } from './plan-counts.ts'
import type { SeedOptions } from './seed-options.ts'
import { seedRows, type SeedRowsInput, type SeedRowsResult } from './seed-rows.ts'

/** What all steps of a seeding share. */
export interface SeedScene {
  readonly options: SeedOptions
  readonly environment: Environment
  readonly data: DataModel
  readonly now: number
  readonly chance: string
}

/** Makes synthetic rows, or loads those of files; undefined where there are none. */
export async function seedSynthetic(
  scene: SeedScene,
  plan: RowsPlan | undefined,
  loaded: CheckedFiles | undefined,
): Promise<SeedRowsResult | undefined> {
  const { dryRun = false, database, signal, report } = scene.options
  if (loaded !== undefined) {
    if (dryRun) return rowsOfFiles(loaded)
    const progress = { ...(signal === undefined ? {} : { signal }), ...(report === undefined ? {} : { report }) }
    return loadSeedFiles(database, loaded, progress)
  }
  return plan === undefined ? undefined : seedRows(rowsInput(scene, plan))
}

/** What `seedRows` is asked for. */
export function rowsInput({ options, environment, data, now, chance }: SeedScene, plan: RowsPlan): SeedRowsInput {
  const { signal, report, workers } = options
  return {
    database: options.database,
    model: data,
    ...plan,
    seed: chance,
    locale: environment.locale,
    now,
    ...(environment.edges === 0 ? {} : { edges: environment.edges }),
    isPinned: environment.clock !== 'rolling',
    ...(workers === undefined ? {} : { workers }),
    ...(signal === undefined ? {} : { signal }),
    ...(report === undefined ? {} : { report }),
  }
}

/** What a dry run says. */
function rowsOfFiles({ manifest }: CheckedFiles): SeedRowsResult {
  const tables = tablesOf(manifest).map(({ schema, name, model, rows }) => ({
    table: tableKey({ schema, name }),
    ...(model === undefined ? {} : { model }),
    rows,
    state: 'filled' as const,
    ms: 0,
    notes: [],
  }))
  return { tables, rows: tables.reduce((sum, { rows }) => sum + rows, 0), ms: 0 }
}
