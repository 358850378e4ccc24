import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { createRehearsals } from '../../src/postgres/rehearsal/rehearsals.ts'
import { findPrismaFolders } from '../corpora/find-prisma-folders.ts'
import { standInServer } from '../corpora/stand-in-extensions.ts'
import { updateSection } from '../score-edits/update-section.ts'
import { scriptServer } from '../support/server.ts'
import { fillCorpus, type FilledCorpus } from './fill-corpus.ts'
import { renderFilled } from './render-filled.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Fills the databases of real projects, and of the reference project, from their schemas alone: 1,000 rows of every
 * model. The server judges them again. Prints what came of it and writes it into docs/corpora.md. `TIDE_CORPORA` says
 * where the projects are; arguments name some of them.
 */
async function main(only: readonly string[]): Promise<void> {
  const projects = await findPrismaFolders(root, only)
  await using scripts = await scriptServer()
  const folder = await mkdtemp(join(tmpdir(), 'tide-seed-corpora-'))
  // The server, which may run as another user, reads the stand-in extension there.
  await chmod(folder, 0o755)
  const results: FilledCorpus[] = []
  try {
    const server = await standInServer(scripts.url, join(folder, 'extensions'))
    for (const { name, prisma } of projects) {
      await using rehearsals = createRehearsals({ server, namespace: 'c0c0c0c2' })
      const result = await fillCorpus(name, prisma, rehearsals)
      results.push(result)
      console.log(`${name}: ${result.tables} tables, ${result.rows} rows, ${result.ms} ms ${result.failed ?? ''}`)
      const { judgement } = result
      if (judgement === undefined) continue
      console.log(
        `  ${judgement.constraints} constraints, ${judgement.broken.length} broken, ${judgement.backInTime} back in time, ${judgement.routable.length} routable of ${judgement.values}`,
      )
      for (const line of [...judgement.wrongCounts, ...judgement.broken, ...judgement.routable.slice(0, 10)])
        console.log(`  ${line}`)
    }
    if (only.length === 0) await updateSection(join(root, 'docs/corpora.md'), 'seeded', renderFilled(results))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

await main(process.argv.slice(2))
