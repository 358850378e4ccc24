import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { findPostmaster } from '../../src/postgres/embedded/postmaster.ts'
import { stopEmbeddedServer } from '../../src/postgres/embedded/stop-server.ts'
import { fastestTemporaryFolder } from './temporary-folder.ts'

/** A folder as a project's `.tide`; when the test is over its server is stopped and it is deleted. */
export async function createEmbeddedDirectory(): Promise<string> {
  const { directory, remove } = await createKeptEmbeddedDirectory()
  onTestFinished(remove)
  return directory
}

/** The same for several tests: whoever makes it in `beforeAll` removes it in `afterAll`. */
export async function createKeptEmbeddedDirectory(): Promise<{ readonly directory: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(join(await realpath(await fastestTemporaryFolder()), 'tide-embedded-'))
  const remove = async (): Promise<void> => {
    await stopEmbeddedServer({ directory }).catch(() => undefined)
    await rm(directory, { recursive: true, force: true })
  }
  return { directory, remove }
}

/** The process of the server that runs there. */
export async function serverPid(directory: string): Promise<number> {
  const postmaster = await findPostmaster(join(directory, 'postgres'))
  if (postmaster.state !== 'ready') throw new TypeError(`The server is not ready but ${postmaster.state}.`)
  return postmaster.pid
}
