import { readdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { DatabaseUrl } from '../database-url.ts'
import { isPortFree, portCandidates } from './choose-port.ts'
import { dataUnusable, dataVersion, portTaken, startFailed } from './errors.ts'
import { explainingFileErrors } from './explaining-file-errors.ts'
import { initialiseData } from './initialise-data.ts'
import { linkLibraries } from './link-libraries.ts'
import { type Binaries, locateBinaries, serverMajorVersion } from './locate-binaries.ts'
import { makeFolder } from './make-folder.ts'
import { commandLineOf, errorCode } from './machine.ts'
import { findPostmaster } from './postmaster.ts'
import { reachableBinaries } from './reach.ts'
import { type ServerFiles, serverFiles } from './server-files.ts'
import { withServerLock } from './server-lock.ts'
import { readServerState, serverUrl, type ServerState, writeServerState } from './server-state.ts'
import { chooseServerUser } from './server-user.ts'
import { startPostgres } from './start-postgres.ts'
import { settlePostmaster } from './stop-server.ts'

/** Which embedded server is meant. */
export interface EmbeddedServerOptions {
  /** The project's `.tide`; made when it does not exist. */
  readonly directory: string
  /** A port fixed by the configuration. Without it a free one is found once and remembered. */
  readonly port?: number
  readonly report?: (event: { readonly stage: string; readonly detail?: string }) => void
}

/** A running embedded server. */
export interface EmbeddedServer {
  /** Its maintenance database, `postgres`, with the password of the superuser. */
  readonly url: DatabaseUrl
  readonly port: number
  readonly dataDirectory: string
  /** False where it ran already. */
  readonly started: boolean
  /** What this call took, in milliseconds. */
  readonly ms: number
}

/**
 * Makes sure that the embedded server of a project runs, and leaves it running when this process ends.
 * Costs about a millisecond where it runs, 0.1 s where it must be started, and about one second the first time.
 * @throws EMBEDDED_PLATFORM, EMBEDDED_LINKS, EMBEDDED_NO_USER, EMBEDDED_DIRECTORY, EMBEDDED_DISK_FULL, EMBEDDED_DATA,
 * EMBEDDED_DATA_VERSION, EMBEDDED_LOCKED, EMBEDDED_PORT_TAKEN, EMBEDDED_START
 *
 * @example
 * const server = await ensureEmbeddedServer({ directory: '/home/me/shop/.tide' })
 */
export async function ensureEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const begin = performance.now()
  const files = serverFiles(resolve(options.directory))
  return explainingFileErrors(files.directory, async () => {
    const running = await findRunning(files, options.port)
    if (running !== undefined) return describe(files, running, false, begin)
    await makeFolder(files.directory)
    const { state, started } = await withServerLock(files.directory, () => start(files, options))
    return describe(files, state, started, begin)
  })
}

async function findRunning(files: ServerFiles, port: number | undefined): Promise<ServerState | undefined> {
  const postmaster = await findPostmaster(files.data)
  if (postmaster.state !== 'ready' || (port !== undefined && port !== postmaster.port)) return undefined
  const state = await readServerState(files.data)
  return state && { ...state, port: postmaster.port }
}

async function start(
  files: ServerFiles,
  options: EmbeddedServerOptions,
): Promise<{ state: ServerState; started: boolean }> {
  await settlePostmaster(files.data, options.port)
  const running = await findRunning(files, options.port)
  if (running !== undefined) return { state: running, started: false }
  const user = chooseServerUser(files.data)
  const binaries = await usableBinaries(user)
  const known = await readKnown(files)
  const candidates = options.port === undefined ? portCandidates(files.data, known?.port) : [options.port]
  if (known === undefined) {
    options.report?.({ stage: 'Creating the embedded PostgreSQL' })
    await initialiseData(files, binaries, user, candidates[0] ?? 0)
  }
  await forgetReusedPid(files)
  options.report?.({ stage: 'Starting the embedded PostgreSQL' })
  for (const port of candidates) {
    if (!(await isPortFree(port)) || (await startPostgres(files, binaries, user, port)) === 'port taken') continue
    const state = await rememberPort(files, port)
    return { state, started: true }
  }
  if (options.port !== undefined) throw portTaken(options.port)
  throw startFailed('postgres', `Of ${String(candidates.length)} ports that were tried none is free.`, files.log)
}

async function usableBinaries(user: ReturnType<typeof chooseServerUser>): Promise<Binaries> {
  const binaries = locateBinaries()
  await linkLibraries(binaries.root)
  return reachableBinaries(binaries, user)
}

/** The state of a data folder that is there and fit to be started; undefined where there is none yet. */
async function readKnown(files: ServerFiles): Promise<ServerState | undefined> {
  const entries = await listOrNothing(files.data)
  if (entries.length === 0) {
    await rm(files.data, { recursive: true, force: true })
    return undefined
  }
  if (!entries.includes('PG_VERSION')) throw dataUnusable(files.data, 'it is not empty, and not a data folder.')
  const version = (await readFile(join(files.data, 'PG_VERSION'), 'utf8')).trim()
  if (version !== serverMajorVersion) throw dataVersion(files.data, version, serverMajorVersion)
  const state = await readServerState(files.data)
  if (state === undefined) throw dataUnusable(files.data, 'its file tide.json, which holds the password, is missing.')
  return state
}

async function listOrNothing(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

/** PostgreSQL refuses to start while the process in `postmaster.pid` lives, even if it is a text editor by now. */
async function forgetReusedPid(files: ServerFiles): Promise<void> {
  const postmaster = await findPostmaster(files.data)
  if (postmaster.state !== 'reused') return
  const commandLine = commandLineOf(postmaster.pid) ?? ''
  // A postgres that Tide did not start may serve this very folder: then PostgreSQL's own refusal is right.
  if (commandLine.includes('postgres') && !commandLine.includes('cluster_name=tide-')) return
  await rm(join(files.data, 'postmaster.pid'), { force: true })
}

async function rememberPort(files: ServerFiles, port: number): Promise<ServerState> {
  const state = await readServerState(files.data)
  if (state === undefined) throw dataUnusable(files.data, 'its file tide.json vanished while the server started.')
  if (state.port !== port) await writeServerState(files.data, { ...state, port })
  return { ...state, port }
}

function describe(files: ServerFiles, state: ServerState, started: boolean, begin: number): EmbeddedServer {
  const ms = Math.round(performance.now() - begin)
  return { url: serverUrl(state), port: state.port, dataDirectory: files.data, started, ms }
}
