import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { createRehearsals } from '../../src/postgres/rehearsal/rehearsals.ts'
import { scriptServer } from '../support/server.ts'
import { updateSection } from '../score-edits/update-section.ts'
import { renderReport } from './render-report.ts'
import { standInServer } from './stand-in-extensions.ts'
import { tryCorpus, type CorpusResult } from './try-corpus.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Adopts the histories of real projects, then rolls every migration back and applies it again, with the catalogs
 * compared at each step. Prints the counts and writes them into docs/corpora.md. `TIDE_CORPORA` says where the
 * histories are; arguments name some of them.
 */
async function main(only: readonly string[]): Promise<void> {
  const corpora = process.env['TIDE_CORPORA'] ?? join(root, '../shared/corpora')
  if (!existsSync(corpora)) {
    process.stdout.write(`No histories at ${corpora}: set TIDE_CORPORA to the folder that holds them.\n`)
    return
  }
  await using scripts = await scriptServer()
  const server = scripts.url
  const folder = await mkdtemp(join(tmpdir(), 'tide-corpora-'))
  // The server, which may run as another user, reads the stand-in extension there.
  await chmod(folder, 0o755)
  const results: CorpusResult[] = []
  try {
    for (const name of await corpusNames(corpora, only)) {
      await using rehearsals = createRehearsals({ server, namespace: 'c0c0c0c0' })
      const paths = { source: join(corpora, name, 'prisma/migrations'), copy: join(folder, name) }
      const result = await tryCorpus({ name: name.replace('__', '/'), paths, rehearsals })
      results.push(result)
      process.stdout.write(`${renderLine(result)}\n`)
      if (result.stopped === undefined) continue
      const withExtensions = await standInServer(server, join(folder, 'extensions'))
      await using others = createRehearsals({ server: withExtensions, namespace: 'c0c0c0c1' })
      const again = { ...paths, copy: join(folder, `${name}-with-stand-in`) }
      const second = await tryCorpus({ name: `${result.name} with a stand-in for pg_cron`, paths: again, rehearsals: others })
      results.push(second)
      process.stdout.write(`${renderLine(second)}\n`)
    }
    if (only.length === 0) await updateSection(join(root, 'docs/corpora.md'), 'rollbacks', renderReport(results))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function corpusNames(corpora: string, only: readonly string[]): Promise<readonly string[]> {
  const folders = (await readdir(corpora)).filter((name) => existsSync(join(corpora, name, 'prisma/migrations')))
  return folders.filter((name) => only.length === 0 || only.some((part) => name.includes(part))).sort()
}

function renderLine(result: CorpusResult): string {
  const wrong = result.wrong.map((line) => `\n  ${line}`).join('')
  const stopped = result.stopped === undefined ? '' : `\n  stopped at ${result.stopped}`
  return `${result.name}: ${result.tried} of ${result.migrations} migrations, ${result.complete} complete rollbacks, ${result.incomplete} incomplete, ${result.adoptMs} ms${stopped}${wrong}`
}

await main(process.argv.slice(2))
