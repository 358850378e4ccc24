import process from 'node:process'
import { corpusFolders, type Pair, readPairs } from './pair.ts'
import { renderScores } from './render-scores.ts'
import { type PairScore, scorePair } from './score-pair.ts'
import { updateSection } from './update-section.ts'
import { createStandingDatabase } from './standing-database.ts'
import { withScratchDatabase } from '../support/scratch-database.ts'
import { scriptServer } from '../support/server.ts'
import { withConnection } from '../../src/postgres/connect.ts'

/**
 * Scores the planner on edits that people really made (`npm run score:edits`) and writes the
 * result into docs/corpora.md. `--list` prints every edit with what was asked and written. Compared is the plan itself,
 * without the statements that `tide dev` adds to it for the archive.
 */
const corpora = process.env['TIDE_CORPORA'] ?? '../shared/corpora'
const folders = await corpusFolders(corpora)
if (folders.length === 0) {
  process.stderr.write(`No corpora in ${corpora}: name their folder in TIDE_CORPORA.\n`)
  process.exit(2)
}
await using server = await scriptServer()
const scores = await scoreAll((await Promise.all(folders.map(readPairs))).flat())
const page = renderScores(scores)
process.stdout.write(`${page}\n`)
if (process.argv.includes('--list')) process.stdout.write(`${JSON.stringify(scores, undefined, 1)}\n`)
await updateSection('docs/corpora.md', 'edits', page)

/** Two at a time: one plans while the server of the other works. */
async function scoreAll(pairs: readonly Pair[]): Promise<readonly PairScore[]> {
  const done: PairScore[] = []
  let next = 0
  const worker = (): Promise<void> =>
    withScratchDatabase(server.url, undefined, (url) =>
      withConnection(url, async (connection) => {
        const database = createStandingDatabase(connection)
        for (let index = next++; index < pairs.length; index = next++) {
          const pair = pairs[index]
          if (pair !== undefined) done[index] = await scorePair(database, pair)
          if (process.stderr.isTTY) process.stderr.write(`\r${String(index + 1)} of ${String(pairs.length)}`)
        }
      }),
    )
  await Promise.all([worker(), worker()])
  return done
}
