import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, cp, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { onTestFinished } from 'vitest'
import { type DatabaseUrl, parseDatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import { isPortFree, portCandidates } from '../../src/postgres/embedded/choose-port.ts'
import { ensureEmbeddedServer } from '../../src/postgres/embedded/ensure-server.ts'
import { locateBinaries } from '../../src/postgres/embedded/locate-binaries.ts'
import { serverEnvironment } from '../../src/postgres/embedded/machine.ts'
import { reachableBinaries, reachableName } from '../../src/postgres/embedded/reach.ts'
import { stopEmbeddedServer } from '../../src/postgres/embedded/stop-server.ts'
import { createEmbeddedDirectory } from './embedded-directory.ts'

/** A server and one that follows it: it serves reads alone, and replays what it is handed. */
export interface Standby {
  readonly primary: DatabaseUrl
  readonly standby: DatabaseUrl
  /** Hands on what the primary has written since: its files, as an archive would. */
  follow(): Promise<void>
}

/** Copies a server that was stopped, and starts the copy as a standby. @param fill makes what both will have */
export async function createStandby(fill: (primary: DatabaseUrl) => Promise<unknown>): Promise<Standby> {
  const [directory, copied] = [await createEmbeddedDirectory(), await createEmbeddedDirectory()]
  const { url } = await ensureEmbeddedServer({ directory })
  await fill(url)
  await stopEmbeddedServer({ directory })
  const [data, copy] = [join(directory, 'postgres'), join(copied, 'standby')]
  await cp(data, copy, { recursive: true, preserveTimestamps: true })
  const { uid, gid } = await stat(data)
  await writeFile(join(copy, 'standby.signal'), '')
  for (const name of ['', ...(await readdir(copy, { recursive: true }))]) await chown(join(copy, name), uid, gid)
  const port = await startStandby(copy, { uid, gid })
  const { url: primary } = await ensureEmbeddedServer({ directory })
  const standby = new URL(revealUrl(primary))
  standby.port = String(port)
  const follow = async (): Promise<void> => {
    for (const name of await readdir(join(data, 'pg_wal'))) {
      if (!/^[0-9A-F]{24}$/.test(name)) continue
      const file = join(copy, 'pg_wal', name)
      // In one step: a standby that meets half a file, or an empty one, ends, and all its sessions with it.
      await cp(join(data, 'pg_wal', name), `${file}.new`)
      await chown(`${file}.new`, uid, gid)
      await rename(`${file}.new`, file)
    }
  }
  return { primary, standby: parseDatabaseUrl(standby.toString(), 'the standby'), follow }
}

/** Waits until it takes sessions, and stops it when the test is over. @returns its port */
async function startStandby(data: string, user: { readonly uid: number; readonly gid: number }): Promise<number> {
  const free = await Promise.all(portCandidates(data).map(async (port) => ((await isPortFree(port)) ? [port] : [])))
  const port = free.flat()[0] ?? 0
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    shared_buffers: '16MB',
    wal_retrieve_retry_interval: '50ms',
    // It waits for no reader.
    max_standby_archive_delay: 0,
    max_standby_streaming_delay: 0,
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const asUser = process.getuid?.() === 0 ? user : undefined
  const { postgres } = await reachableBinaries(locateBinaries(), asUser)
  const server = spawn(postgres, ['-D', reachableName(data, asUser), ...options], {
    cwd: data,
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    ...asUser,
  })
  const ended = once(server, 'exit')
  onTestFinished(async () => {
    server.kill('SIGQUIT')
    await ended
  })
  await new Promise<void>((resolve, reject) => {
    let log = ''
    server.stderr.on('data', (piece) => {
      log += String(piece)
      if (log.includes('ready to accept read-only connections')) resolve()
    })
    void ended.then(() => { reject(new TypeError(log)) })
  })
  return port
}
