import { type Connection, withConnection } from '../postgres/connect.ts'
import { readTables } from '../postgres/tables/read-tables.ts'
import { readDataModel } from '../prisma/data-model.ts'
import { differenceScript } from '../prisma/engine.ts'
import { beginSeed, type BegunSeed, type PreparedSeed } from './begin-seed.ts'
import { checkWishes } from './check-wishes.ts'
import { explaining } from './deliver/explain-refusal.ts'
import { checkFiles } from './deliver/files/check-files.ts'
import { filesNothing } from './deliver/files/errors.ts'
import { tablesToEmpty } from './empty-tables.ts'
import { checkStanding, checkTruncate } from './environments/check-standing.ts'
import { readStanding } from './environments/production-evidence.ts'
import { productionUrl } from './environments/production-url.ts'
import { readEnvironment } from './environments/read-environment.ts'
import { tablesMissing } from './errors.ts'
import { isKeepable, type KeptResults, openKeptResults } from './kept/kept-results.ts'
import { recordRun } from './record-run.ts'
import type { DeclaredFile } from './reference/declared.ts'
import { readReference } from './reference/read-reference.ts'
import { resolveReference } from './reference/resolve-reference.ts'
import { matchTables } from './reference/schema-tables.ts'
import { planCounts } from './plan-counts.ts'
import { loadRules } from './rules/load-rules.ts'
import { writeSchemaTypes } from './rules/write-schema-types.ts'
import { clonedResult, seedResult, type SeedResult } from './seed-result.ts'
import type { SeedOptions } from './seed-options.ts'
import { type SeedScene, seedSynthetic } from './seed-synthetic.ts'

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
  const declared = await referenceFiles(scene)
  const files = declared.filter(({ model }) => options.models === undefined || options.models.includes(model))
  const withReference = new Set(declared.map(({ model }) => model))
  const begun = await withConnection(database, async (connection): Promise<Begun> => {
    const prepared = await explaining('the database was read', () => prepare(connection, scene, files, withReference))
    // The place of the database may be taken only when no session is left in it.
    if (isKeepable(scene)) return { prepared }
    return { prepared, written: await beginSeed(connection, scene, prepared) }
  })
  const { prepared } = begun
  await using kept = begun.written === undefined ? openKept(scene, files, prepared) : undefined
  const earlier = await kept?.restore()
  if (earlier !== undefined) {
    const ms = Math.round(performance.now() - started)
    const result = clonedResult(earlier, { environment: environment.name, ms })
    await record(scene, result)
    return result
  }
  const { reference, made } =
    begun.written ?? (await withConnection(database, (connection) => beginSeed(connection, scene, prepared)))
  const rows = made ?? (await seedSynthetic(scene, prepared.plan, prepared.loaded))
  const ms = Math.round(performance.now() - started)
  const done = { environment: environment.name, reference, dryRun, ms }
  const result = seedResult({ ...done, rows, ...(options.to === undefined ? {} : { files: options.to }) })
  // Writing files leaves the database as it is.
  if (dryRun || options.to !== undefined) return result
  await record(scene, result)
  const sessions = rows === undefined ? 2 : 3
  const isAsDeclared = result.changedByHand.length === 0 && result.models.every(({ removed }) => removed === 0)
  if (isAsDeclared && result.rows > 0 && result.rows <= mostKeptRows) await kept?.keep(result, sessions)
  return result
}

/** Larger results would take more room than they save time. */
const mostKeptRows = 1_000_000

/** What the first session has done: all of it that comes before synthetic rows, or no more than looking. */
interface Begun {
  readonly prepared: PreparedSeed
  readonly written?: BegunSeed
}

function openKept(
  scene: SeedScene,
  files: readonly DeclaredFile[],
  { plan, toEmpty, sets }: PreparedSeed,
): KeptResults | undefined {
  return openKeptResults(scene, { files, plan }, { toEmpty, withReference: sets.map(({ table }) => table) })
}

function record({ options, chance, now }: SeedScene, result: SeedResult): Promise<void> {
  return explaining('the run was recorded in the schema tide', () =>
    withConnection(options.database, (connection) => recordRun(connection, result, chance, now)),
  )
}

/** All of the environment, also those of models that are not asked for: rows may point to theirs. */
async function referenceFiles({ options, environment }: SeedScene): Promise<readonly DeclaredFile[]> {
  const { name, reference } = environment
  const wanted = reference === true ? 'all' : reference === false ? [] : reference
  return readReference(options.project, name, wanted)
}

async function prepare(
  connection: Connection,
  scene: SeedScene,
  files: readonly DeclaredFile[],
  withReference: ReadonlySet<string>,
): Promise<PreparedSeed> {
  const { options, environment, data, now, chance } = scene
  const { project, database, truncate = false } = options
  const isEmbedded = project.database.kind === 'embedded'
  checkStanding(environment, database, await readStanding(connection, database, isEmbedded), productionUrl(project))
  if (truncate) checkTruncate(environment, database, isEmbedded, options.confirm)
  const facts = await readTables(connection)
  const tables = matchTables(data, facts, database.schema)
  const missing = data.models.filter(({ name, isView }) => !isView && !tables.tables.has(name)).map(({ name }) => name)
  if (missing.length > 0) throw await explainMissing(project, missing)
  const sets = resolveReference(tables, files)
  const toEmpty = truncate ? tablesToEmpty(options, data, tables, facts) : []
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

/** A schema that Prisma does not accept may name tables that nobody meant. */
async function explainMissing({ schema }: SeedOptions['project'], models: readonly string[]): Promise<Error> {
  await differenceScript({ kind: 'nothing' }, schema)
  return tablesMissing(models)
}

