import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { peerName } from '../history.ts'
import { binary, packageVersion } from '../packages.ts'
import type { Peer } from './peer.ts'

/** Migrations are modules: its SQL files cannot say that they need no transaction. */
export const nodePgMigrate: Peer = {
  name: 'node-pg-migrate',
  version: () => packageVersion('node-pg-migrate'),
  prepare: async (directory, history) => {
    await mkdir(join(directory, 'migrations'), { recursive: true })
    await writeFile(join(directory, 'package.json'), '{ "type": "module" }\n')
    for (const migration of history) {
      const sql = JSON.stringify(migration.sql)
      const option = migration.isTransactional ? '' : '  pgm.noTransaction()\n'
      const text = `export const up = (pgm) => {\n${option}  pgm.sql(${sql})\n}\nexport const down = false\n`
      await writeFile(join(directory, 'migrations', `${peerName(migration)}.js`), text)
    }
  },
  up: (directory, url) => ({
    program: process.execPath,
    args: [
      binary('node-pg-migrate'),
      'up',
      '--migrations-dir',
      'migrations',
      '--no-single-transaction',
      '--no-verbose',
    ],
    directory,
    variables: { DATABASE_URL: url },
  }),
}
