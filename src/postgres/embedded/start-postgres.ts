import { spawn, type ChildProcess } from 'node:child_process'
import { close, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { diskFull, startFailed } from './errors.ts'
import type { Binaries } from './locate-binaries.ts'
import { errorCode, serverEnvironment, type SystemUser } from './machine.ts'
import { findPostmaster } from './postmaster.ts'
import { reachableName } from './reach.ts'
import { type ServerFiles, serverMarks } from './server-files.ts'

/** How a start ended where another try is worth while or not needed. */
export type StartOutcome = 'ready' | 'port taken'

const patienceMs = 60_000
const orphanPatienceMs = 10_000
const logLimit = 1_000_000

/**
 * Starts postgres as a process of its own that outlives this one, and waits until it takes connections (30 ms; longer
 * after a crash, while it recovers). Whoever calls holds the lock and has looked that it does not run.
 * @throws EMBEDDED_START, EMBEDDED_DISK_FULL
 */
export async function startPostgres(
  files: ServerFiles,
  binaries: Binaries,
  user: SystemUser | undefined,
  port: number,
): Promise<StartOutcome> {
  const deadline = performance.now() + orphanPatienceMs
  for (;;) {
    const outcome = await tryToStart(files, binaries, user, port, performance.now() > deadline)
    if (outcome !== 'orphans') return outcome
    await pause(20)
  }
}

/** Where the server was killed, its sessions end by themselves, and until then hold its shared memory: `orphans`. */
async function tryToStart(
  files: ServerFiles,
  binaries: Binaries,
  user: SystemUser | undefined,
  port: number,
  isLast: boolean,
): Promise<StartOutcome | 'orphans'> {
  const { log, logStart } = openLog(files.log)
  const options = ['-D', reachableName(files.data, user), '-p', String(port), ...settings(files.data)]
  const child = spawn(binaries.postgres, options, {
    cwd: files.data,
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
    ...user,
  })
  close(log)
  const end = endOf(child)
  child.unref()
  const deadline = performance.now() + patienceMs
  for (;;) {
    const ended = await Promise.race([end, pause(3)])
    if (ended !== undefined) {
      const output = readFileSync(files.log).subarray(logStart).toString('utf8')
      if (output.includes('pre-existing shared memory block') && !isLast) return 'orphans'
      return explainEnd(files, output, ended)
    }
    const postmaster = await findPostmaster(files.data)
    if (postmaster.state === 'ready') return 'ready'
    if (performance.now() > deadline) throw startFailed('postgres', 'It is not ready after 60 s.', files.log)
  }
}

/**
 * Fast rather than safe against a power cut (fsync, full pages, synchronous commits); no socket file, so that the only
 * door is 127.0.0.1; no workers for what a development server has no use of.
 */
function settings(data: string): string[] {
  const values = {
    cluster_name: serverMarks(data).name,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '128MB',
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    max_wal_size: '2GB',
    checkpoint_timeout: '30min',
    jit: 'off',
    max_logical_replication_workers: '0',
    autovacuum: 'on',
    file_copy_method: 'clone',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function openLog(file: string): { log: number; logStart: number } {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const isLong = size > logLimit
  if (isLong) renameSync(file, `${file}.old`)
  return { log: openSync(file, 'a', 0o600), logStart: isLong ? 0 : size }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => { resolve(errorCode(error)) })
    child.once('exit', (code, signal) => { resolve(`exit ${String(code ?? signal)}`) })
  })
}

function explainEnd(files: ServerFiles, output: string, ended: string): 'port taken' {
  if (output.includes('could not bind') && output.includes('in use')) return 'port taken'
  if (output.includes('No space left on device')) throw diskFull(files.directory)
  // Complaints from before the log is set up, such as a missing library, come without a level.
  const complaints = output.split('\n').filter((line) => line !== '' && !line.includes(' LOG:  '))
  throw startFailed('postgres', complaints.slice(-3).join(' ') || `It ended (${ended}).`, files.log)
}
