import { type Connection, withConnection } from '../postgres/connect.ts'
import { readTables } from '../postgres/tables/read-tables.ts'
import type { TableFacts } from '../postgres/tables/table-facts.ts'
import { readDataModel } from '../prisma/data-model.ts'
import { checkWishes } from './check-wishes.ts'
import { explaining } from './deliver/explain-refusal.ts'
import { type CheckedFiles, checkFiles } from './deliver/files/check-files.ts'
import { filesNothing } from './deliver/files/errors.ts'
import { emptyTables, tablesToEmpty } from './empty-tables.ts'
import { checkStanding, checkTruncate } from './environments/check-standing.ts'
import { readStanding } from './environments/production-evidence.ts'
import { readEnvironment } from './environments/read-environment.ts'
import { tablesMissing } from './errors.ts'
import { prepareWithin } from './prepare-run.ts'
import { recordRun } from './record-run.ts'
import { applyReference } from './reference/apply-reference.ts'
import type { DeclaredFile } from './reference/declared.ts'
import { readReference } from './reference/read-reference.ts'
import type { ReferenceOutcome } from './reference/reference-result.ts'
import { resolveReference } from './reference/resolve-reference.ts'
import type { ReferenceSet } from './reference/resolve-set.ts'
import { matchTables } from './reference/schema-tables.ts'
import { planCounts, type RowsPlan } from './plan-counts.ts'
import { loadRules } from './rules/load-rules.ts'
import { writeSchemaTypes } from './rules/write-schema-types.ts'
import { seedResult, type SeedResult } from './seed-result.ts'
import type { SeedOptions } from './seed-options.ts'
import { seedIntoFiles } from './seed-into-files.ts'
import { rowsInput, type SeedScene, seedSynthetic } from './seed-synthetic.ts'

export type { SeedOptions }

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
  const { plan, loaded, reference, inFiles } = await withConnection(database, async (connection) => {
    const prepared = await explaining('the database was read', () => prepare(connection, scene, files))
    const { sets, plan } = prepared
    if (options.to !== undefined && !dryRun && plan !== undefined) {
      const inFiles = await seedIntoFiles(connection, scene, { sets, plan, directory: options.to })
      return { ...prepared, reference: [], inFiles }
    }
    await tryEmptied(connection, scene, prepared)
    return { ...prepared, reference: await seedReference(connection, scene, prepared), inFiles: undefined }
  })
  const rows = inFiles ?? (await seedSynthetic(scene, plan, loaded))
  const ms = Math.round(performance.now() - started)
  const done = { environment: environment.name, reference, dryRun, ms }
  const written = options.to === undefined ? {} : { files: options.to }
  const result = seedResult({ ...done, rows, ...written })
  // Writing files leaves the database as it is.
  if (!dryRun && options.to === undefined) {
    await explaining('the run was recorded in the schema tide', () =>
      withConnection(database, (connection) => recordRun(connection, result, scene.chance, now)),
    )
  }
  return result
}

/** All that can be known to be wrong is known here, before anything is changed. */
interface Prepared {
  readonly sets: readonly ReferenceSet[]
  readonly toEmpty: readonly TableFacts[]
  readonly plan: RowsPlan | undefined
  /** Files whose rows are loaded instead. */
  readonly loaded: CheckedFiles | undefined
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
  const loaded = options.from === undefined ? undefined : await checkFiles(options.from, environment.name, facts)
  if (options.referenceOnly === true || loaded !== undefined) return { sets, toEmpty, plan: undefined, loaded }
  const { directory, stateDirectory, variables } = project
  const place = { directory, stateDirectory, variables }
  const ruleSource = { project: place, environment, tables, withReference, seed: chance, now }
  const rules = await loadRules(ruleSource)
  const counts = planCounts(options, environment, data, withReference, rules)
  if (counts === undefined && options.to !== undefined) throw filesNothing(environment.name)
  return { sets, toEmpty, plan: counts === undefined ? undefined : { ...counts, rules, ruleSource }, loaded }
}

/** Plans the rows as they will be planned once the tables are empty, in a transaction that is taken back. */
async function tryEmptied(connection: Connection, scene: SeedScene, { sets, toEmpty, plan }: Prepared): Promise<void> {
  if (toEmpty.length === 0 || plan === undefined) return
  const { overwrite = false, signal } = scene.options
  await applyReference(connection, sets, {
    now: scene.now,
    overwrite,
    dryRun: true,
    before: (one) => emptyTables(one, toEmpty),
    within: async () => {
      await prepareWithin(connection, rowsInput(scene, plan))
    },
    ...(signal === undefined ? {} : { signal }),
  })
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
