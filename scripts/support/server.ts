import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DatabaseUrl, parseDatabaseUrl } from '../../src/postgres/database-url.ts'
import { ensureEmbeddedServer } from '../../src/postgres/embedded/ensure-server.ts'
import { stopEmbeddedServer } from '../../src/postgres/embedded/stop-server.ts'

/** A server on which scripts of this repository try things. */
export interface ScriptServer extends AsyncDisposable {
  /** Its maintenance database. */
  readonly url: DatabaseUrl
}

/** An embedded server of its own, deleted with the value; or that of `TIDE_TEST_SERVER`, left as it is. */
export async function scriptServer(): Promise<ScriptServer> {
  const other = process.env['TIDE_TEST_SERVER']
  if (other !== undefined) {
    return { url: parseDatabaseUrl(other, 'TIDE_TEST_SERVER'), [Symbol.asyncDispose]: () => Promise.resolve() }
  }
  const directory = await mkdtemp(join(tmpdir(), 'tide-script-'))
  const { url } = await ensureEmbeddedServer({ directory })
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      await stopEmbeddedServer({ directory })
      await rm(directory, { recursive: true, force: true })
    },
  }
}
