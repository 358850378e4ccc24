import process from 'node:process'
import { compareEdit, type Comparison } from './compare-edit.ts'
import { scriptServer } from '../support/server.ts'
import { realisticEdits } from '../../test/support/realistic-edit.ts'

/** Prints what Prisma's own script does with the rows of each realistic edit (`npm run compare:edits`). */
const server = await scriptServer()
const comparisons: Comparison[] = []
for (const [name, edit] of await realisticEdits()) comparisons.push(await compareEdit(server, name, edit))
process.stdout.write(render(comparisons))

function render(all: readonly Comparison[]): string {
  const rows = all.map(
    ({ name, title, outcome, reason }) => `| ${name.slice(0, 2)} | ${title} | ${outcome} | ${reason} |`,
  )
  const count = (outcome: string): string => String(all.filter((one) => one.outcome === outcome).length)
  return [
    `Prisma's own script on ${String(all.length)} edits of tables with rows: fails on ${count('fails')}, ` +
      `loses or changes data on ${count('loses')}, keeps every row on ${count('keeps')}.`,
    '',
    "| | edit | Prisma's own script | |",
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
