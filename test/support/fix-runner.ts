/* A process that applies one fix in batches, or undoes it, and prints how far it is: what is started and killed. */
import { runFix, type FixRunOptions } from '../../src/fix/run-fix.ts'
import { undoFix } from '../../src/fix/undo-fix.ts'
import { parseDatabaseUrl } from '../../src/postgres/database-url.ts'

const [url = '', order = 'run'] = process.argv.slice(2)
const definition: FixRunOptions['fix']['definition'] = {
  description: 'counts every row once',
  table: 'torture',
  run: async (tx, _, batch) => {
    await tx.query(`UPDATE torture SET times = times + 1 WHERE ${batch()}`)
  },
}
const options = {
  database: parseDatabaseUrl(url, 'the test'),
  targetMs: 50,
  // The first line: from here on it may be killed in the middle of anything.
  report: ({ stage, done = 0 }: { readonly stage: string; readonly done?: number }) => {
    if (stage === 'fixing' || stage === 'undoing') process.stdout.write(`${String(done)}\n`)
  },
}
if (order === 'undo') await undoFix({ ...options, run: 'torture' })
else await runFix({ ...options, fix: { name: 'torture', file: 'torture.ts', hash: 'cafe', definition }, apply: true })
