/* A process that runs one data step and prints the outcome: what the crash tests start and kill. */
import { parseDatabaseUrl } from '../../src/postgres/database-url.ts'
import { runData, stepOf } from './data-steps.ts'

const [url = '', workers = '4'] = process.argv.slice(2)
const step = stepOf('1_torture', {
  table: 'torture',
  up: (batch: () => string) => `UPDATE torture SET times = times + 1 WHERE ${batch()}`,
  check: 'SELECT id FROM torture WHERE times = 0',
})
const outcome = await runData(parseDatabaseUrl(url, 'the test'), step, {
  workers: Number(workers),
  targetMs: 50,
  // The first line: from here on it may be killed in the middle of anything.
  report: ({ done = 0 }) => void process.stdout.write(`${String(done)}\n`),
})
process.stdout.write(`${JSON.stringify(outcome)}\n`)
