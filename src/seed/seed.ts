import type { DatabaseUrl } from '../postgres/database-url.ts'
import { type Connection, withConnection } from '../postgres/connect.ts'
import { readTables } from '../postgres/tables/read-tables.ts'
import { type DataModel, readDataModel } from '../prisma/data-model.ts'
import type { Project } from '../project/open-project.ts'
import { checkWishes } from './check-wishes.ts'
import { emptyTables, tablesToEmpty } from './empty-tables.ts'
import { checkStanding, checkTruncate } from './environments/check-standing.ts'
import type { Environment } from './environments/environment.ts'
import { readStanding } from './environments/production-evidence.ts'
import { readEnvironment } from './environments/read-environment.ts'
import { tablesMissing } from './errors.ts'
import { recordRun } from './record-run.ts'
import { applyReference } from './reference/apply-reference.ts'
import type { DeclaredFile } from './reference/declared.ts'
import { readReference } from './reference/read-reference.ts'
import type { ReferenceOutcome } from './reference/reference-result.ts'
import { resolveReference } from './reference/resolve-reference.ts'
import { matchTables } from './reference/schema-tables.ts'
import { planCounts, plannedRows } from './plan-counts.ts'
import { seedResult, type SeedResult } from './seed-result.ts'
import { seedRows, type SeedReport, type SeedRowsResult } from './seed-rows.ts'

/** What is seeded, and how. What is left out follows from the environment's contract. */
export interface SeedOptions {
  readonly project: Project
  readonly environment: string
  readonly database: DatabaseUrl
  /** Synthetic rows of every model, whatever the environment says. */
  readonly rows?: number
  /** Also tables that the schema does not model. */
  readonly fromDatabase?: boolean
  /** Only these models. */
  readonly models?: readonly string[]
  readonly referenceOnly?: boolean
  /** Empties the tables first. */
  readonly truncate?: boolean
  /** The database's name, typed again: needed to empty tables that are not on the embedded server. */
  readonly confirm?: string
  /** Nothing is kept. */
  readonly dryRun?: boolean
  /** Reference rows changed by hand get what is declared. */
  readonly overwrite?: boolean
  readonly seed?: string
  readonly workers?: number
  readonly now: number
  readonly signal?: AbortSignal
  readonly report?: SeedReport
}

/**
 * Fills an environment: its reference data, then its synthetic rows. What it did is recorded in the database.
 * @throws SEED_* before anything is changed, but for what a row itself brings up
 */
export async function seed(options: SeedOptions): Promise<SeedResult> {
  const started = performance.now()
  const { project, database, dryRun = false } = options
  const data = readDataModel(project.schema.files)
  const names = data.models.filter(({ isView }) => !isView).map(({ name }) => name)
  const environment = await readEnvironment(project, options.environment, names)
  checkWishes(options, environment, data)
  const scene: SeedScene = { options, environment, data, files: await referenceFiles(options, environment) }
  const reference = await withConnection(database, (connection) => seedReference(connection, scene))
  const rows = await seedSynthetic(scene)
  const ms = Math.round(performance.now() - started)
  const result = seedResult({ environment: environment.name, reference, rows, dryRun, ms })
  if (!dryRun) {
    const seed = options.seed ?? String(environment.seed)
    await withConnection(database, (connection) => recordRun(connection, result, seed, nowOf(scene)))
  }
  return result
}

interface SeedScene {
  readonly options: SeedOptions
  readonly environment: Environment
  readonly data: DataModel
  readonly files: readonly DeclaredFile[]
}

async function referenceFiles(
  { project, models }: SeedOptions,
  { name, reference }: Environment,
): Promise<readonly DeclaredFile[]> {
  const wanted = reference === true ? 'all' : reference === false ? [] : reference
  const files = await readReference(project, name, wanted)
  return files.filter(({ model }) => models === undefined || models.includes(model))
}

async function seedReference(connection: Connection, scene: SeedScene): Promise<readonly ReferenceOutcome[]> {
  const { options, environment, data, files } = scene
  const { project, database, truncate = false, overwrite = false, dryRun = false, signal, report } = options
  const isEmbedded = project.database.kind === 'embedded'
  checkStanding(environment, database, await readStanding(connection, database, isEmbedded))
  if (truncate) checkTruncate(environment, database, isEmbedded, options.confirm)
  const facts = await readTables(connection)
  const tables = matchTables(data, facts, database.schema)
  const missing = data.models.filter(({ name, isView }) => !isView && !tables.tables.has(name)).map(({ name }) => name)
  if (missing.length > 0) throw tablesMissing(missing)
  const sets = resolveReference(tables, files)
  if (sets.length === 0 && !truncate) return []
  return applyReference(connection, sets, {
    now: nowOf(scene),
    overwrite,
    dryRun,
    ...(truncate ? { before: (one) => emptyTables(one, tablesToEmpty(options, data, tables, facts)) } : {}),
    ...(signal === undefined ? {} : { signal }),
    ...(report === undefined ? {} : { report }),
  })
}

async function seedSynthetic(scene: SeedScene): Promise<SeedRowsResult | undefined> {
  const { options, environment, data, files } = scene
  if (options.referenceOnly === true) return undefined
  const plan = planCounts(options, environment, data, [...new Set(files.map(({ model }) => model))])
  if (plan === undefined) return undefined
  if (options.dryRun === true) return plannedRows(plan)
  const { signal, report, workers } = options
  return seedRows({
    database: options.database,
    model: data,
    ...plan,
    seed: options.seed ?? String(environment.seed),
    locale: environment.locale,
    now: nowOf(scene),
    isPinned: environment.clock !== 'rolling',
    ...(workers === undefined ? {} : { workers }),
    ...(signal === undefined ? {} : { signal }),
    ...(report === undefined ? {} : { report }),
  })
}

function nowOf({ options, environment: { clock } }: SeedScene): number {
  return clock === 'rolling' ? options.now : Date.parse(clock)
}
