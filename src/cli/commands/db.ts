import { realpathSync } from 'node:fs'
import { revealUrl } from '../../postgres/database-url.ts'
import { deleteEmbeddedData } from '../../postgres/embedded/delete-data.ts'
import { ensureEmbeddedServer } from '../../postgres/embedded/ensure-server.ts'
import { listEmbeddedDatabases } from '../../postgres/embedded/list-databases.ts'
import { embeddedServerStatus } from '../../postgres/embedded/server-status.ts'
import { stopEmbeddedServer } from '../../postgres/embedded/stop-server.ts'
import { directoryMissing } from '../../project/errors.ts'
import { readConfig } from '../../project/read-config.ts'
import { embeddedDirectory } from '../../project/servers.ts'
import { ensureStateDirectory, stateDirectoryOf } from '../../project/state-directory.ts'
import { defineCommand, defineCommandGroup } from '../command.ts'
import type { Context } from '../context.ts'
import { resetUnconfirmed } from '../errors.ts'
import { renderServerStatus } from '../render/server-status.ts'
import { openWorkspace } from '../workspace.ts'

const start = defineCommand({
  name: 'start',
  summary: 'start the embedded PostgreSQL',
  description: 'Starts the embedded PostgreSQL, unless it runs. Other commands do so when they need it; it stays up.',
  examples: [{ line: 'tide db start', does: 'starts the server and says where it is' }],
  run: async (context) => {
    const { directory, port: fixed, stateDirectory } = await findServer(context)
    ensureStateDirectory(stateDirectory)
    const options = { directory, report: context.report, ...(fixed === undefined ? {} : { port: fixed }) }
    const { started, port, dataDirectory, ms } = await ensureEmbeddedServer(options)
    const how = started ? `Started in ${String(ms)} ms` : 'Runs already'
    return {
      document: { running: true, started, port, dataDirectory, ms },
      text: `${how}: the embedded PostgreSQL, on 127.0.0.1:${String(port)}.`,
    }
  },
})

const stop = defineCommand({
  name: 'stop',
  summary: 'stop the embedded PostgreSQL',
  description: 'Ends the sessions of the embedded PostgreSQL, and waits until it has written its data and is gone.',
  examples: [{ line: 'tide db stop', does: 'stops the server; its data stays' }],
  run: async (context) => {
    const stopped = await stopEmbeddedServer(await findServer(context))
    return {
      document: { running: false, stopped },
      text: stopped ? 'Stopped the embedded PostgreSQL. Its data stays.' : 'The embedded PostgreSQL does not run.',
    }
  },
})

const status = defineCommand({
  name: 'status',
  summary: 'show whether the embedded PostgreSQL runs, and what it holds',
  description: 'Shows address, process, files and databases of the embedded PostgreSQL. Starts nothing.',
  examples: [{ line: 'tide db status --json', does: 'the same as JSON; `running` is true or false' }],
  run: async (context) => {
    const { url, ...server } = await embeddedServerStatus(await findServer(context))
    const held = url === undefined ? undefined : await listEmbeddedDatabases(url)
    return { document: { ...server, ...held }, text: renderServerStatus(server, held, context.colors) }
  },
})

const url = defineCommand({
  name: 'url',
  summary: 'print the database URL, with its password',
  description:
    'Prints the URL of the environment’s database, for DATABASE_URL of your app. An embedded database is started ' +
    'and created if need be. The URL holds the password.',
  accepts: ['env'],
  examples: [
    { line: 'tide db url', does: 'prints the URL of the dev database' },
    { line: 'psql "$(tide db url)"', does: 'opens it in psql' },
  ],
  run: async (context) => {
    const { project, database } = await openWorkspace(context)
    const text = revealUrl(await database())
    const kind = project.database.kind === 'embedded' ? 'embedded' : 'url'
    return { document: { url: text, environment: project.environment, kind }, text }
  },
})

const reset = defineCommand({
  name: 'reset',
  summary: 'delete the embedded databases, to start anew',
  description:
    'Stops the embedded PostgreSQL and deletes its data folder: the databases of all embedded environments, and the ' +
    'cached rehearsals. No other server is touched. The next command makes the server anew, and `tide up` its tables.',
  options: {
    confirm: { flag: '--confirm', kind: 'string', placeholder: 'NAME', description: 'must be "embedded": all its rows are lost' },
  },
  examples: [{ line: 'tide db reset --confirm embedded', does: 'deletes the embedded databases' }],
  run: async (context, { confirm }) => {
    if (confirm !== 'embedded') throw resetUnconfirmed(confirm)
    const { directory } = await findServer(context)
    const deleted = await deleteEmbeddedData({ directory })
    return {
      document: { deleted },
      text: deleted ? 'Deleted the embedded databases. The next command starts anew.' : 'There are no embedded databases.',
    }
  },
})

export const command = defineCommandGroup({
  name: 'db',
  summary: 'the embedded PostgreSQL: start, stop, status, url, reset',
  description: 'Tide brings a PostgreSQL 18 of its own, for projects without a database URL and for rehearsals.',
  commands: [start, stop, status, url, reset],
})

interface ServerPlace {
  readonly directory: string
  readonly port: number | undefined
  readonly stateDirectory: string
}

/** From the config alone: a server can be stopped also while the schema is broken. */
async function findServer(context: Context): Promise<ServerPlace> {
  const directory = resolveDirectory(context.directory)
  const { tide: config } = await readConfig(directory, context.variables)
  const stateDirectory = stateDirectoryOf(directory)
  const place = embeddedDirectory({ directory, stateDirectory, config })
  return { directory: place, port: config.embedded?.port, stateDirectory }
}

function resolveDirectory(directory: string): string {
  try {
    return realpathSync(directory)
  } catch {
    throw directoryMissing(directory)
  }
}
