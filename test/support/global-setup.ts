import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import { ensureEmbeddedServer } from '../../src/postgres/embedded/ensure-server.ts'
import { isAlive } from '../../src/postgres/embedded/machine.ts'
import { serverFiles } from '../../src/postgres/embedded/server-files.ts'
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
  await trustSuperuser(server.url, directory)
  project.provide('server', revealUrl(server.url))
  return () => remove(directory)
}

/**
 * A proof of the password takes as long as the rest of opening a session, and the tests open thousands of them. Other
 * roles prove theirs.
 */
async function trustSuperuser(url: DatabaseUrl, directory: string): Promise<void> {
  const file = join(serverFiles(directory).data, 'pg_hba.conf')
  await withConnection(url, async (connection) => {
    const { rows } = await connection.query<{ role: string }>('SELECT quote_ident(current_user) AS role')
    const rule = `host all ${rows[0]?.role ?? ''} 127.0.0.1/32 trust`
    await writeFile(file, `${rule}\n${await readFile(file, 'utf8')}`)
    await connection.query('SELECT pg_reload_conf()')
  })
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
