import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { type Failure, isFailure } from '../errors/failure.ts'
import { connect, withConnection } from '../postgres/connect.ts'
import { type DatabaseUrl, withDatabase } from '../postgres/database-url.ts'
import { ensureEmbeddedServer } from '../postgres/embedded/ensure-server.ts'
import { serverMajorVersion } from '../postgres/embedded/locate-binaries.ts'
import { databaseMissing } from '../postgres/errors.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { createRehearsals } from '../postgres/rehearsal/rehearsals.ts'
import { sqlstate, sqlstateOf } from '../postgres/sqlstate.ts'
import type { DatabaseSource } from './database-source.ts'
import { variableUnset } from './errors.ts'
import type { Project } from './open-project.ts'
import { type ProjectRehearsals, setUpRehearsals } from './project-rehearsals.ts'
import { ensureStateDirectory } from './state-directory.ts'
import { withSchema } from './with-schema.ts'

/** How the start of a server is told. */
export interface ServerOptions {
  readonly report?: ((event: { readonly stage: string; readonly detail?: string }) => void) | undefined
}

/**
 * The database of the project's environment. The embedded server is started, and its database created, where that is
 * needed; any other server is left as it is, and not even connected to.
 * @throws PROJECT_VARIABLE_UNSET, EMBEDDED_*
 */
export async function resolveDatabase(project: Project, options: ServerOptions = {}): Promise<DatabaseUrl> {
  const source = project.database
  if (source.kind === 'url') return source.url
  if (source.kind === 'unset') throw unset(source, project.environment)
  const url = withDatabase(await embeddedServer(project, options), source.name)
  await createIfMissing(url)
  return url
}

/**
 * Where the project's rehearsals are made: on the server that `rehearsal` in tide.config.ts names, or the embedded one,
 * which is started where that is needed. Close it when done: `await using`.
 * @throws PROJECT_VARIABLE_UNSET, EMBEDDED_*, POSTGRES_* for a server that cannot be reached
 */
export async function resolveRehearsals(project: Project, options: ServerOptions = {}): Promise<ProjectRehearsals> {
  const { rehearsal, database } = project
  if (rehearsal.kind === 'unset') throw unset(rehearsal, undefined)
  const isEmbedded = rehearsal.kind === 'embedded'
  const server = isEmbedded ? await embeddedServer(project, options) : rehearsal.url
  const schema = database.kind === 'url' ? database.url.schema : 'public'
  const namespace = createHash('sha256').update(project.directory).digest('hex')
  const rehearsals = createRehearsals({ server: withSchema(server, schema), namespace })
  return setUpRehearsals({
    rehearsals,
    version: isEmbedded ? serverMajorVersion : await rehearsals.majorVersion(),
    schema,
    setup: project.rehearsalSetup,
  })
}

/** The folder of the embedded server: `embedded.directory` of tide.config.ts, or `.tide`. */
export function embeddedDirectory(project: Pick<Project, 'directory' | 'stateDirectory' | 'config'>): string {
  const configured = project.config.embedded?.directory
  return configured === undefined ? project.stateDirectory : resolve(project.directory, configured)
}

async function embeddedServer(project: Project, { report }: ServerOptions): Promise<DatabaseUrl> {
  const port = project.config.embedded?.port
  ensureStateDirectory(project.stateDirectory)
  const { url } = await ensureEmbeddedServer({
    directory: embeddedDirectory(project),
    ...(port === undefined ? {} : { port }),
    ...(report === undefined ? {} : { report }),
  })
  return url
}

/** Connecting to it is the quickest way to know whether it is there. */
async function createIfMissing(url: DatabaseUrl): Promise<void> {
  try {
    const connection = await connect(url)
    await connection.end()
  } catch (error) {
    if (!isFailure(error) || error.code !== databaseMissing.code) throw error
    await createDatabase(url)
  }
}

async function createDatabase(url: DatabaseUrl): Promise<void> {
  await withConnection(withDatabase(url, 'postgres'), async (connection) => {
    try {
      await connection.query(`CREATE DATABASE ${quoteIdentifier(url.database)}`)
    } catch (error) {
      // Another command created it at the same moment: PostgreSQL notices that early or late.
      const state = sqlstateOf(error)
      if (state !== sqlstate.duplicateDatabase && state !== sqlstate.uniqueViolation) throw error
    }
  })
}

function unset(source: DatabaseSource & { readonly kind: 'unset' }, environment: string | undefined): Failure {
  const way = environment === 'dev' ? 'environments: { dev: { embedded: true } } in tide.config.ts' : undefined
  return variableUnset(source.variable, source.source, way)
}
