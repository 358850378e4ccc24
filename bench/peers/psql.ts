import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../measure.ts'
import type { Peer } from './peer.ts'

/** One psql session that reads the files as they are, each in a transaction of its own where it can be in one. */
export const psql: Peer = {
  name: 'psql',
  missing: 'psql is not on the PATH of this machine',
  version: async () => {
    try {
      const { stdout } = await run({ program: 'psql', args: ['--version'], directory: '.' })
      return stdout.trim().replace(/^psql \(PostgreSQL\) /, '')
    } catch {
      return undefined
    }
  },
  prepare: async (directory, history) => {
    const lines = history.map(({ path, isTransactional }) => {
      const include = `\\i '${path.replaceAll("'", "''")}'`
      return isTransactional ? `BEGIN;\n${include}\nCOMMIT;` : include
    })
    await writeFile(join(directory, 'all.sql'), `${lines.join('\n')}\n`)
  },
  up: (directory, url) => ({
    program: 'psql',
    args: ['--no-psqlrc', '--quiet', '--set', 'ON_ERROR_STOP=1', '--file', 'all.sql', url],
    directory,
    variables: { PGOPTIONS: '-c client_min_messages=warning' },
  }),
}
