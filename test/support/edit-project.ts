import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { queryRows } from './query-rows.ts'
import { databaseVariable, type EditAnswers, type RealisticEdit } from './realistic-edit.ts'
import { down } from '../../src/apply/down.ts'
import { downIncomplete } from '../../src/apply/errors.ts'
import { up } from '../../src/apply/up.ts'
import { mergeAnswers, noAnswers } from '../../src/author/answers.ts'
import { dev, type DevResult } from '../../src/author/dev.ts'
import { isFailure } from '../../src/errors/failure.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { describeDifference } from '../../src/postgres/catalog/describe-difference.ts'
import { compareCatalogs } from '../../src/postgres/catalog/compare-catalogs.ts'
import type { Catalog } from '../../src/postgres/catalog/catalog.ts'
import { readCatalog } from '../../src/postgres/catalog/read-catalog.ts'
import { type Connection, connect, withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, revealUrl, withDatabase } from '../../src/postgres/database-url.ts'
import { quoteIdentifier } from '../../src/postgres/quote.ts'
import { createMaintenanceSession } from '../../src/postgres/rehearsal/maintenance-session.ts'
import { differenceScript } from '../../src/prisma/engine.ts'
import { prepareSchema } from '../../src/prisma/schema-text.ts'
import { openProject, type Project } from '../../src/project/open-project.ts'
import { resolveRehearsals } from '../../src/project/servers.ts'

/** A project whose history ends at an edit's schema before, and its dev database with the edit's rows. */
export interface EditProject {
  readonly directory: string
  readonly database: DatabaseUrl
  /** A session of the dev database, for questions and repairs. */
  readonly session: Connection
  /** For a command in a real process. */
  readonly variables: Readonly<Record<string, string>>
  /** The names of the migrations on disk. */
  migrations(): readonly string[]
  /** What `tide dev` does. */
  dev(answers?: EditAnswers, draft?: boolean): Promise<DevResult>
  /** What `tide up` does. */
  up(): Promise<void>
  /** What `tide down` does; tells whether it took `--accept-loss`. */
  down(): Promise<{ readonly tookLoss: boolean }>
  /** Everything in the dev database. */
  state(): Promise<DatabaseState>
}

export interface DatabaseState {
  readonly catalog: Catalog
  /** The rows of each table as text, in a fixed order. */
  readonly rows: Readonly<Record<string, readonly string[]>>
}

/** Makes the project of an edit on this server; everything of it is removed with the value. */
export async function createEditProject(
  server: DatabaseUrl,
  edit: RealisticEdit,
): Promise<EditProject & AsyncDisposable> {
  const directory = mkdtempSync(join(tmpdir(), 'tide-edit-'))
  const name = directory
    .slice(-11)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '_')
  const database = withDatabase(server, `edit${name}`)
  await using maintenance = createMaintenanceSession(server)
  const { copyOption } = await maintenance.facts()
  await maintenance.query(`CREATE DATABASE ${quoteIdentifier(database.database)}${copyOption}`)
  const variables = { [databaseVariable]: revealUrl(database), [serverVariable]: revealUrl(server) }
  await writeProject(directory, edit)
  const open = (): Promise<Project> => openProject({ directory, variables })
  const migrationsDirectory = (await open()).migrationsDirectory
  const runDev: EditProject['dev'] = (answers, draft) => devOf(open, database, answers, draft)

  await runDev()
  // One session for all questions: a new one would plan those to the catalog anew.
  const session = await connect(database)
  await session.query(edit.rows)
  writeSchema(directory, edit.after)
  return {
    directory,
    database,
    session,
    variables,
    migrations: () => readdirSync(migrationsDirectory).sort(),
    dev: runDev,
    up: async () => {
      await up({ database, history: await readHistory(migrationsDirectory) })
    },
    down: () => downOf(database, migrationsDirectory),
    state: () => readState(session),
    [Symbol.asyncDispose]: async () => {
      await session.end()
      await removeProject(open, server, database, directory)
    },
  }
}

/** What differs between two states, in words; empty where nothing does. */
export function stateDifferences(before: DatabaseState, after: DatabaseState): readonly string[] {
  const catalog = compareCatalogs(before.catalog, after.catalog).map(describeDifference)
  const tables = [...new Set([...Object.keys(before.rows), ...Object.keys(after.rows)])]
  const rows = tables.filter((table) => JSON.stringify(before.rows[table]) !== JSON.stringify(after.rows[table]))
  return [
    ...catalog,
    ...rows.map((table) => `rows of ${table}: ${String(before.rows[table])} → ${String(after.rows[table])}`),
  ]
}

const serverVariable = 'EDIT_REHEARSAL_URL'

async function writeProject(directory: string, edit: RealisticEdit): Promise<void> {
  const start = await differenceScript(
    { kind: 'nothing' },
    prepareSchema([{ path: 'schema.prisma', text: edit.before }]),
  )
  const history = {
    '20240101000000_start': start,
    ...(edit.byHand === undefined ? {} : { '20240102000000_by_hand': edit.byHand }),
  }
  for (const [name, sql] of Object.entries(history)) {
    const folder = join(directory, 'prisma', 'migrations', name)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'migration.sql'), sql)
  }
  writeFileSync(
    join(directory, 'tide.config.ts'),
    `export default { rehearsal: { urlVariable: '${serverVariable}' } }\n`,
  )
  writeSchema(directory, edit.before)
}

function writeSchema(directory: string, text: string): void {
  writeFileSync(join(directory, 'prisma', 'schema.prisma'), text)
}

async function devOf(
  open: () => Promise<Project>,
  database: DatabaseUrl,
  answers: EditAnswers = {},
  draft = false,
): Promise<DevResult> {
  const project = await open()
  await using rehearsals = await resolveRehearsals(project)
  return await dev({
    project,
    database: () => Promise.resolve(database),
    rehearsals,
    answers: mergeAnswers(noAnswers, { ...noAnswers, ...answers }),
    name: 'edit',
    draft,
    now: new Date('2024-06-01T00:00:00Z'),
  })
}

async function downOf(database: DatabaseUrl, migrationsDirectory: string): Promise<{ tookLoss: boolean }> {
  const history = await readHistory(migrationsDirectory)
  try {
    await down({ database, history, steps: 1 })
    return { tookLoss: false }
  } catch (error) {
    if (!isFailure(error) || error.code !== downIncomplete.code) throw error
    await down({ database, history, steps: 1, acceptLoss: true })
    return { tookLoss: true }
  }
}

async function readState(session: Connection): Promise<DatabaseState> {
  const catalog = await readCatalog(session, { again: true })
  const tables = await queryRows(session, tablesQuery)
  const rows: Record<string, readonly string[]> = {}
  for (const table of tables) rows[table] = await queryRows(session, `SELECT t::text FROM ${table} t ORDER BY 1`)
  return { catalog, rows }
}

const tablesQuery = `SELECT oid::regclass::text FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations' ORDER BY 1`

async function removeProject(
  open: () => Promise<Project>,
  server: DatabaseUrl,
  database: DatabaseUrl,
  directory: string,
): Promise<void> {
  await using rehearsals = await resolveRehearsals(await open())
  await rehearsals.clear()
  await withConnection(server, (connection) =>
    connection.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(database.database)} WITH (FORCE)`),
  )
  rmSync(directory, { recursive: true, force: true })
}
