import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { peerName } from '../history.ts'
import { binary, modulePath, packageVersion } from '../packages.ts'
import type { Peer } from './peer.ts'

/** Migrations are modules; `?` is a placeholder of its `raw` and is escaped. */
export const knex: Peer = {
  name: 'knex',
  version: () => packageVersion('knex'),
  prepare: async (directory, history) => {
    await mkdir(join(directory, 'migrations'), { recursive: true })
    // Its command runs the knex that it finds beside the knexfile.
    await symlink(modulePath(''), join(directory, 'node_modules'))
    await writeFile(join(directory, 'package.json'), '{ "type": "commonjs" }\n')
    await writeFile(
      join(directory, 'knexfile.js'),
      `module.exports = { client: 'pg', connection: process.env.DATABASE_URL, migrations: { directory: './migrations' } }\n`,
    )
    for (const migration of history) {
      const sql = JSON.stringify(migration.sql.replaceAll('?', '\\?'))
      const config = migration.isTransactional ? '' : 'exports.config = { transaction: false }\n'
      const text = `exports.up = (knex) => knex.raw(${sql})\nexports.down = () => undefined\n${config}`
      await writeFile(join(directory, 'migrations', `${peerName(migration)}.js`), text)
    }
  },
  up: (directory, url) => ({
    program: process.execPath,
    args: [binary('knex'), 'migrate:latest', '--knexfile', join(directory, 'knexfile.js')],
    directory,
    variables: { DATABASE_URL: url },
  }),
}
