import type { DatabaseUrl } from '../postgres/database-url.ts'
import { type Connection, withConnection } from '../postgres/connect.ts'
import { readTables } from '../postgres/tables/read-tables.ts'
import { type DataModel, readDataModel } from '../prisma/data-model.ts'
import type { Project } from '../project/open-project.ts'
import type { Environment } from './environments/environment.ts'
import { readEnvironment } from './environments/read-environment.ts'
import { applyReference } from './reference/apply-reference.ts'
import { readReference } from './reference/read-reference.ts'
import type { ReferenceOutcome } from './reference/reference-result.ts'
import { resolveReference } from './reference/resolve-reference.ts'
import { matchTables } from './reference/schema-tables.ts'
import { planCounts } from './plan-counts.ts'
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
 * Fills an environment: its reference data, then its synthetic rows.
 * @throws SEED_* before anything is changed, but for what a row itself brings up
 */
export async function seed(options: SeedOptions): Promise<SeedResult> {
  const started = performance.now()
  const { project, database } = options
  const data = readDataModel(project.schema.files)
  const names = data.models.filter(({ isView }) => !isView).map(({ name }) => name)
  const environment = await readEnvironment(project, options.environment, names)
  const reference = await withConnection(database, (connection) => seedReference(connection, options, environment, data))
  const rows = await seedSynthetic(options, environment, data, reference)
  return seedResult({
    environment: environment.name,
    reference,
    rows,
    dryRun: options.dryRun === true,
    ms: Math.round(performance.now() - started),
  })
}

async function seedReference(
  connection: Connection,
  { project, database, models, now, overwrite, dryRun, signal, report }: SeedOptions,
  environment: Environment,
  data: DataModel,
): Promise<readonly ReferenceOutcome[]> {
  const { reference } = environment
  const wanted = reference === true ? 'all' : reference === false ? [] : reference
  const files = (await readReference(project, environment.name, wanted)).filter(
    ({ model }) => models === undefined || models.includes(model),
  )
  if (files.length === 0) return []
  const tables = matchTables(data, await readTables(connection), database.schema)
  return applyReference(connection, resolveReference(tables, files), {
    now,
    overwrite: overwrite === true,
    dryRun: dryRun === true,
    ...(signal === undefined ? {} : { signal }),
    ...(report === undefined ? {} : { report }),
  })
}

async function seedSynthetic(
  options: SeedOptions,
  environment: Environment,
  model: DataModel,
  reference: readonly ReferenceOutcome[],
): Promise<SeedRowsResult | undefined> {
  if (options.referenceOnly === true || options.dryRun === true) return undefined
  const plan = planCounts(options, environment, model, reference.map((outcome) => outcome.model))
  if (plan === undefined) return undefined
  const { clock, locale } = environment
  const { signal, report, workers } = options
  return seedRows({
    database: options.database,
    model,
    ...plan,
    seed: options.seed ?? String(environment.seed),
    locale,
    now: clock === 'rolling' ? options.now : Date.parse(clock),
    isPinned: clock !== 'rolling',
    ...(workers === undefined ? {} : { workers }),
    ...(signal === undefined ? {} : { signal }),
    ...(report === undefined ? {} : { report }),
  })
}
