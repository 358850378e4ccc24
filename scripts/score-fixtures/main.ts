import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { createRehearsals } from '../../src/postgres/rehearsal/rehearsals.ts'
import { findPrismaFolders } from '../corpora/find-prisma-folders.ts'
import { standInServer } from '../corpora/stand-in-extensions.ts'
import { scriptServer } from '../support/server.ts'
import { scoreFixtures } from './score-fixture.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Fills the databases of real projects by the seeder, masks them as fixtures, all rows and a tenth, and loads those:
 * the server validates every constraint again. `TIDE_CORPORA` says where the projects are; arguments name some of them.
 */
async function main(only: readonly string[]): Promise<void> {
  const projects = await findPrismaFolders(root, only)
  await using scripts = await scriptServer()
  const folder = await mkdtemp(join(tmpdir(), 'tide-score-fixtures-'))
  // The server, which may run as another user, reads the stand-in extension there.
  await chmod(folder, 0o755)
  try {
    const server = await standInServer(scripts.url, join(folder, 'extensions'))
    for (const { name, prisma } of projects) {
      await using rehearsals = createRehearsals({ server, namespace: 'c0c0c0c3' })
      for (const { part, rows, ms, passed, gate, constraints, broken, failed } of await scoreFixtures(name, prisma, {
        rehearsals,
        folder,
      })) {
        const verdict =
          failed ?? `${passed ? 'passed' : 'failed'} its gate, ${constraints} constraints, ${broken.length} broken`
        console.log(`${name}, ${part}: ${rows} rows, ${ms} ms, ${verdict}`)
        for (const line of [...gate, ...broken]) console.log(`  ${line}`)
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

await main(process.argv.slice(2))
