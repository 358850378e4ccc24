import { join } from 'node:path'
import { withConnection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { type GeneratedClient, generateClients, preloadGenerators } from '../prisma/generate-client.ts'
import { type Migration, readHistory, readMigration } from '../history/read-history.ts'
import { prefixKeys, rehearseHistory, type SaltedRehearsals } from '../history/replay.ts'
import type { NewMigrationProof } from '../proof/prove-new.ts'
import type { Proof } from '../proof/proof.ts'
import { createFileCache, type FileCache } from '../project/file-cache.ts'
import type { Project } from '../project/open-project.ts'
import type { SchemaFile } from '../prisma/schema-text.ts'
import type { Answers } from './answers.ts'
import { addArchives, type AddArchivesInput } from './archive/add-archives.ts'
import { withAuthorLock } from './author-lock.ts'
import { type CachedStart, openCachedStart } from './cached-start.ts'
import type { ChangePlan } from './change-plan.ts'
import { dataStepFiles } from './data-step-files.ts'
import { type DifferenceAhead, differenceAhead } from './difference-ahead.ts'
import { migrationFolderName, removeMigrationFolder, writeMigrationFolder } from './migration-folder.ts'
import { draftOpen } from './errors.ts'
import { readInStep } from './in-step.ts'
import { isDraft, writeMissingRollback } from './missing-rollback.ts'
import { planChange } from './plan-change.ts'
import { beforeWritten } from './planned-statement.ts'
import { keepSchema, readPreviousSchema } from './previous-schema.ts'
import type { Question } from './question.ts'
import { computeRollback } from './rollback/compute-rollback.ts'
import { openStandingAhead } from './standing-ahead.ts'
import { suggestName } from './suggest-name.ts'
import { tryOnData } from './try-on-data.ts'

/** What one turn of the loop needs. */
export interface DevOptions {
  readonly project: Project
  /** Gives the dev database; called only where it is needed. */
  readonly database: () => Promise<DatabaseUrl>
  readonly rehearsals: SaltedRehearsals
  readonly answers: Answers
  /** What the migration does, in a few words; made up from its statements where it is left out. */
  readonly name?: string
  /** Write the migration, and leave the database and the client as they are. */
  readonly createOnly?: boolean
  /** Write a draft with a data step to fill in. */
  readonly draft?: boolean
  /** Put a data step beside the migration, to fill in; then the database is left as it is, as with `createOnly`. */
  readonly data?: boolean
  /** False: this migration archives nothing. Else `archive` of the config says. */
  readonly archive?: boolean
  /** Now. */
  readonly now: Date
  readonly report?: (event: { stage: string; done?: number; total?: number; detail?: string }) => void
  readonly signal?: AbortSignal
}

/** What one turn of the loop did, as `tide dev --json` prints it. */
export interface DevResult {
  /** The migration that was written; null where nothing differs or questions are open. */
  readonly migration: string | null
  /** Absolute paths. */
  readonly files: readonly string[]
  /** What must be answered first; then nothing was written. */
  readonly questions: readonly Question[]
  readonly notes: readonly string[]
  /** True where a person must fill a hole before it can be applied. */
  readonly isDraft: boolean
  /** Why its rollback does not bring everything back; empty: it does. */
  readonly incomplete: readonly string[]
  /** What its rehearsal with rows has shown; absent where none took place. */
  readonly proof?: Proof
  readonly applied: boolean
  /** Every migration that was applied to the dev database. */
  readonly appliedMigrations: readonly string[]
  readonly clients: readonly GeneratedClient[]
}

/**
 * From an edit of the schema to an applied, reversible migration: plans the change against the end of
 * the history, tries it and its rollback in a rehearsal and on the rows of the dev database, writes
 * both, applies them and generates the client.
 * @throws PRISMA_SCHEMA_INVALID, AUTHOR_*, APPLY_*, STATEMENT_*, REHEARSAL_*; nothing is written then. Where only the
 * applying fails, the migration is there: the same call goes on with it.
 */
export function dev(given: DevOptions): Promise<DevResult> {
  const options = given.data === true ? { ...given, createOnly: true } : given
  return withAuthorLock(options.project.stateDirectory, () => turn(options))
}

async function turn(options: DevOptions): Promise<DevResult> {
  const { project, report } = options
  if (options.createOnly !== true) void Promise.all([loadProving(), loadApplying()]).catch(() => undefined)
  const history = await readHistory(project.migrationsDirectory)
  const draft = history.find(isDraft)
  if (draft !== undefined) throw draftOpen(draft.name, join(draft.directory, 'migration.sql'))
  const key = prefixKeys(options.rehearsals, history).at(-1) ?? emptyHistoryKey
  const cache = createFileCache(join(project.stateDirectory, 'cache', 'history'))
  const rehearse = async () =>
    rehearseHistory(options.rehearsals, history, { ...(report === undefined ? {} : { report }) })
  report?.({ stage: 'comparing the schema with the history' })
  await using start = await openCachedStart(cache, key, defaultSchema(project), rehearse)
  const previous = await readPreviousSchema(project, history, cache, key)
  await using inStep = await readInStep(cache, key, previous)
  const difference = differenceAhead(project.schema.files, start.catalog, inStep.schema)
  const isKept = start.isWarm && history.length > 0
  await using ahead = openStandingAhead(isKept ? () => options.rehearsals.stand(key) : undefined)
  const asked = await beforeWritten(undefined, () => plan(options, start, previous, difference))
  inStep.learn(start.catalog)
  await start.keep()
  const { questions } = asked
  if (questions.length > 0) return { ...nothingDone(asked), questions }
  const unarchived = noting(asked, await writeMissingRollback(history, options.rehearsals))
  if (unarchived.sql === '') return await finish(options, history, [], nothingDone(unarchived), cache)

  const name = migrationFolderName(options.name ?? suggestName(unarchived.sql), options.now, history)
  const file = join(project.migrationsDirectory, name, 'migration.sql')
  if (unarchived.isDraft) return await writeDraft(options, name, unarchived)

  report?.({ stage: 'trying it and its rollback in a rehearsal', detail: name })
  const { planned, rollback, before } = await beforeWritten(file, async () => {
    const planned = await archiving(options, unarchived, { name, file, start: rehearse, standing: ahead.take })
    const up = { sql: planned.sql, file, migration: name }
    const rollback = await computeRollback({ start: rehearse, standing: ahead.take, up, cache: { texts: cache, key } })
    return { planned, rollback, before: await prepareDatabase(options, history, planned, file) }
  })
  const files = await writeMigrationFolder(project.migrationsDirectory, name, {
    'migration.sql': planned.sql,
    'down.sql': rollback.sql,
    ...(options.data === true ? dataStepFiles(options.project) : {}),
  })
  const written = { ...nothingDone(planned), migration: name, files, incomplete: rollback.incomplete }
  const extended = [...history, readMigration(project.migrationsDirectory, name)]
  const place = { history: extended, standing: await ahead.take(), rehearse }
  const proven = await prove(options, written, place).catch(async (error: unknown) => {
    // Whatever the proof lacked (a full disk, a server that went away): a migration without one is half done.
    await removeMigrationFolder(project.migrationsDirectory, name)
    throw error
  })
  return await finish(options, extended, before, proven, cache)
}

/** Not where the text is about to be edited: its proof would be stale at once. */
async function prove(
  { createOnly, rehearsals, project, report }: DevOptions,
  written: DevResult,
  place: Pick<NewMigrationProof, 'history' | 'standing' | 'rehearse'>,
): Promise<DevResult> {
  if (createOnly === true) return written
  report?.({ stage: 'proving it with rows' })
  const setup = project.rehearsalSetup
  const { proveNew } = await loadProving()
  const proven = await proveNew({ ...place, rehearsals, ...(setup === undefined ? {} : { setup }) })
  if (proven === undefined) return written
  return { ...written, proof: proven.proof, files: [...written.files, proven.file] }
}

function noting(planned: ChangePlan, completed: string | undefined): ChangePlan {
  return completed === undefined ? planned : { ...planned, notes: [...planned.notes, `Wrote the missing rollback ${completed}.`] }
}

/** Adds what keeps the rows and values that the migration takes away. */
async function archiving(
  { project, archive }: DevOptions,
  planned: ChangePlan,
  { name, ...place }: Pick<AddArchivesInput, 'file' | 'start' | 'standing'> & { readonly name: string },
): Promise<ChangePlan> {
  const { enabled = true, maxTableMegabytes = 256 } = project.config.archive ?? {}
  const scope = { migration: name, schema: defaultSchema(project), maxTableBytes: maxTableMegabytes * 1024 * 1024 }
  const archived = await addArchives({ ...place, sql: planned.sql, scope, isOn: archive !== false && enabled })
  return { ...planned, sql: archived.sql, notes: [...planned.notes, ...archived.notes] }
}

/** Under which what is read of an empty database is kept. */
const emptyHistoryKey = 'empty'

/** Plans while the engine still checks the whole schema; where that is invalid, this is what is said. */
async function plan(
  options: DevOptions,
  start: CachedStart,
  previous: readonly SchemaFile[] | undefined,
  difference: DifferenceAhead,
): Promise<ChangePlan> {
  const planned = planOnData(options, start, previous, difference.script)
  await Promise.allSettled([difference.checked, planned])
  await difference.checked
  return planned
}

function planOnData(
  options: DevOptions,
  start: CachedStart,
  previous: readonly SchemaFile[] | undefined,
  difference: Promise<string>,
): Promise<ChangePlan> {
  return planChange({
    start,
    schema: options.project.schema.files,
    difference,
    answers: options.answers,
    ...(previous === undefined ? {} : { previous }),
    ...(options.draft === undefined ? {} : { draft: options.draft }),
    data: async (use) => withConnection(await options.database(), use),
  })
}

function nothingDone(planned: ChangePlan): DevResult {
  return {
    migration: null,
    files: [],
    questions: [],
    notes: planned.notes,
    isDraft: planned.isDraft,
    incomplete: [],
    applied: false,
    appliedMigrations: [],
    clients: [],
  }
}

async function writeDraft(options: DevOptions, name: string, planned: ChangePlan): Promise<DevResult> {
  const files = await writeMigrationFolder(options.project.migrationsDirectory, name, { 'migration.sql': planned.sql })
  return { ...nothingDone(planned), migration: name, files }
}

/** Where unqualified names live: the `?schema=` of the dev database's URL, as Prisma reads it. */
function defaultSchema(project: Project): string {
  return project.database.kind === 'url' ? project.database.url.schema : 'public'
}

/** Brings the dev database to the history's end and tries the new migration on its rows, before anything is written. */
async function prepareDatabase(
  options: DevOptions,
  history: readonly Migration[],
  planned: ChangePlan,
  file: string,
): Promise<readonly string[]> {
  if (options.createOnly === true) return []
  const database = await options.database()
  const { up } = await loadApplying()
  const { applied } = await up({ database, history, place: options.project, ...progress(options) })
  options.report?.({ stage: 'trying it on the rows of the dev database' })
  await withConnection(database, (connection) => tryOnData(connection, planned.sql, file, planned.adds))
  return applied
}

/** Applies what is pending, generates the client, and remembers to which schema the history's end belongs. */
async function finish(
  options: DevOptions,
  history: readonly Migration[],
  appliedBefore: readonly string[],
  result: DevResult,
  cache: FileCache,
): Promise<DevResult> {
  const { project } = options
  const key = prefixKeys(options.rehearsals, history).at(-1) ?? emptyHistoryKey
  await keepSchema(project.schema.files, cache, key)
  if (options.createOnly === true) return result
  preloadGenerators(project.schema.files)
  const { up } = await loadApplying()
  const { applied } = await up({ database: await options.database(), history, place: project, ...progress(options) })
  options.report?.({ stage: 'generating the client' })
  const clients = await generateClients(project.schema.files, project.schema.root)
  const appliedMigrations = [...appliedBefore, ...applied]
  const isApplied = result.migration !== null && applied.includes(result.migration)
  return { ...result, applied: isApplied, appliedMigrations, clients }
}

/** What only writes does not need: a third of the program. Begun while the difference is computed. */
const loadProving = () => import('../proof/prove-new.ts')
const loadApplying = () => import('../apply/up.ts')

function progress(options: DevOptions): Pick<DevOptions, 'report' | 'signal'> {
  return {
    ...(options.report === undefined ? {} : { report: options.report }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  }
}
