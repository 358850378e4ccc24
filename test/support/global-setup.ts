import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { revealUrl } from '../../src/postgres/database-url.ts'
import { ensureEmbeddedServer } from '../../src/postgres/embedded/ensure-server.ts'
import { isAlive } from '../../src/postgres/embedded/machine.ts'
import { stopEmbeddedServer } from '../../src/postgres/embedded/stop-server.ts'
import { fastestTemporaryFolder } from './temporary-folder.ts'

const prefix = 'tide-test-server-'

/**
 * One embedded PostgreSQL for the whole run, stopped and deleted at its end; each test makes its own databases on it.
 * `TIDE_TEST_SERVER` names another server to use instead: the URL of a superuser.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const other = process.env['TIDE_TEST_SERVER']
  if (other !== undefined) {
    project.provide('server', other)
    return () => Promise.resolve()
  }
  const home = await fastestTemporaryFolder()
  await removeLeftovers(home)
  const directory = await mkdtemp(join(home, `${prefix}${String(process.pid)}-`))
  const server = await ensureEmbeddedServer({ directory })
  project.provide('server', revealUrl(server.url))
  return () => remove(directory)
}

/** A run that was killed could not clean up behind itself. */
async function removeLeftovers(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const pid = Number(name.slice(prefix.length).split('-')[0])
    if (!name.startsWith(prefix) || isAlive(pid)) continue
    await remove(join(home, name)).catch(() => undefined)
  }
}

async function remove(directory: string): Promise<void> {
  await stopEmbeddedServer({ directory })
  await rm(directory, { recursive: true, force: true })
}
