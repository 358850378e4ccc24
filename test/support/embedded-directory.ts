import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { findPostmaster } from '../../src/postgres/embedded/postmaster.ts'
import { stopEmbeddedServer } from '../../src/postgres/embedded/stop-server.ts'
import { fastestTemporaryFolder } from './temporary-folder.ts'

/** A folder as a project's `.tide`; when the test is over its server is stopped and it is deleted. */
export async function createEmbeddedDirectory(): Promise<string> {
  const directory = await mkdtemp(join(await realpath(await fastestTemporaryFolder()), 'tide-embedded-'))
  onTestFinished(async () => {
    await stopEmbeddedServer({ directory }).catch(() => undefined)
    await rm(directory, { recursive: true, force: true })
  })
  return directory
}

/** The process of the server that runs there. */
export async function serverPid(directory: string): Promise<number> {
  const postmaster = await findPostmaster(join(directory, 'postgres'))
  if (postmaster.state !== 'ready') throw new TypeError(`The server is not ready but ${postmaster.state}.`)
  return postmaster.pid
}
