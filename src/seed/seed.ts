import type { DatabaseUrl } from '../postgres/database-url.ts'
import { type Connection, withConnection } from '../postgres/connect.ts'
import { readTables } from '../postgres/tables/read-tables.ts'
import type { TableFacts } from '../postgres/tables/table-facts.ts'
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
import type { ReferenceSet } from './reference/resolve-set.ts'
import { matchTables } from './reference/schema-tables.ts'
import { planCounts, plannedRows, type RowsPlan } from './plan-counts.ts'
import { loadRules } from './rules/load-rules.ts'
import { writeSchemaTypes } from './rules/write-schema-types.ts'
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
  writeSchemaTypes(project)
  const data = readDataModel(project.schema.files)
  const names = data.models.filter(({ isView }) => !isView).map(({ name }) => name)
  const environment = await readEnvironment(project, options.environment, names)
  checkWishes(options, environment, data)
  const now = environment.clock === 'rolling' ? options.now : Date.parse(environment.clock)
  const scene: SeedScene = { options, environment, data, now, chance: options.seed ?? String(environment.seed) }
  const files = await referenceFiles(scene)
  const { plan, reference } = await withConnection(database, async (connection) => {
    const prepared = await prepare(connection, scene, files)
    return { plan: prepared.plan, reference: await seedReference(connection, scene, prepared) }
  })
  const rows = plan === undefined ? undefined : dryRun ? plannedRows(plan) : await seedSynthetic(scene, plan)
  const ms = Math.round(performance.now() - started)
  const result = seedResult({ environment: environment.name, reference, rows, dryRun, ms })
  if (!dryRun) await withConnection(database, (connection) => recordRun(connection, result, scene.chance, now))
  return result
}

interface SeedScene {
  readonly options: SeedOptions
  readonly environment: Environment
  readonly data: DataModel
  readonly now: number
  readonly chance: string
}

/** All that can be known to be wrong is known here, before anything is changed. */
interface Prepared {
  readonly sets: readonly ReferenceSet[]
  readonly toEmpty: readonly TableFacts[]
  readonly plan: RowsPlan | undefined
}

async function referenceFiles({ options, environment }: SeedScene): Promise<readonly DeclaredFile[]> {
  const { project, models } = options
  const { name, reference } = environment
  const wanted = reference === true ? 'all' : reference === false ? [] : reference
  const files = await readReference(project, name, wanted)
  return files.filter(({ model }) => models === undefined || models.includes(model))
}

async function prepare(connection: Connection, scene: SeedScene, files: readonly DeclaredFile[]): Promise<Prepared> {
  const { options, environment, data, now, chance } = scene
  const { project, database, truncate = false } = options
  const isEmbedded = project.database.kind === 'embedded'
  checkStanding(environment, database, await readStanding(connection, database, isEmbedded))
  if (truncate) checkTruncate(environment, database, isEmbedded, options.confirm)
  const facts = await readTables(connection)
  const tables = matchTables(data, facts, database.schema)
  const missing = data.models.filter(({ name, isView }) => !isView && !tables.tables.has(name)).map(({ name }) => name)
  if (missing.length > 0) throw tablesMissing(missing)
  const sets = resolveReference(tables, files)
  const toEmpty = truncate ? tablesToEmpty(options, data, tables, facts) : []
  const withReference = new Set(sets.map(({ model }) => model.name))
  if (options.referenceOnly === true) return { sets, toEmpty, plan: undefined }
  const rules = await loadRules({ project, environment, tables, withReference, seed: chance, now })
  const counts = planCounts(options, environment, data, withReference, rules)
  return { sets, toEmpty, plan: counts === undefined ? undefined : { ...counts, rules } }
}

async function seedReference(
  connection: Connection,
  { options, now }: SeedScene,
  { sets, toEmpty }: Prepared,
): Promise<readonly ReferenceOutcome[]> {
  const { overwrite = false, dryRun = false, signal, report } = options
  if (sets.length === 0 && toEmpty.length === 0) return []
  return applyReference(connection, sets, {
    now,
    overwrite,
    dryRun,
    before: (one) => emptyTables(one, toEmpty),
    ...(signal === undefined ? {} : { signal }),
    ...(report === undefined ? {} : { report }),
  })
}

async function seedSynthetic(scene: SeedScene, plan: RowsPlan): Promise<SeedRowsResult> {
  const { options, environment, data, now, chance } = scene
  const { signal, report, workers } = options
  return seedRows({
    database: options.database,
    model: data,
    ...plan,
    seed: chance,
    locale: environment.locale,
    now,
    isPinned: environment.clock !== 'rolling',
    ...(workers === undefined ? {} : { workers }),
    ...(signal === undefined ? {} : { signal }),
    ...(report === undefined ? {} : { report }),
  })
}
