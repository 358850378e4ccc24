import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { peerName } from '../history.ts'
import { modulePath, packageVersion } from '../packages.ts'
import type { Peer } from './peer.ts'

/** Go, as its npm package ships it. Its versions are the digits of the file name and must be unique. */
export const dbmate: Peer = {
  name: 'dbmate',
  version: () => packageVersion('dbmate'),
  prepare: async (directory, history) => {
    await mkdir(join(directory, 'migrations'), { recursive: true })
    for (const migration of history) {
      const option = migration.isTransactional ? '' : ' transaction:false'
      const text = `-- migrate:up${option}\n${migration.sql}\n\n-- migrate:down\n`
      await writeFile(join(directory, 'migrations', `${peerName(migration)}.sql`), text)
    }
  },
  up: (directory, url) => ({
    // The program itself, not the Node.js wrapper around it.
    program: modulePath(`@dbmate/${process.platform}-${process.arch}/bin/dbmate`),
    args: ['--url', `${url}?sslmode=disable`, '--migrations-dir', 'migrations', '--no-dump-schema', 'migrate'],
    directory,
  }),
}
