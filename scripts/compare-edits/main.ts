import { writeFile } from 'node:fs/promises'
import { compareEdit, type Outcome } from './compare-edit.ts'
import { tideEdit } from './tide-edit.ts'
import { scriptServer } from '../support/server.ts'
import { realisticEdits } from '../../test/support/realistic-edit.ts'

/**
 * Carries every realistic edit out with Prisma's own script and with Tide, on tables with rows, and writes
 * docs/realistic-edits.md (`npm run compare:edits`).
 */
await using server = await scriptServer()
const rows: string[] = []
const prismaCounts = new Map<Outcome, number>()
const tideCounts = new Map<Outcome, number>()
for (const [name, edit] of await realisticEdits()) {
  const prisma = await compareEdit(server.url, edit)
  const tide = await tideEdit(server.url, edit)
  count(prismaCounts, prisma.outcome)
  count(tideCounts, tide.outcome)
  const stopped = { no: '', duplicates: ', after the duplicates are repaired', draft: ', as a draft' }[tide.stopped]
  const asks = tide.questions.length === 0 ? 'nothing' : tide.questions.map((question) => `\`${question}\``).join(', ')
  const why = prisma.reason === '' ? '' : `: ${prisma.reason}`
  rows.push(`| ${name.slice(0, 2)} | ${edit.title} | ${prisma.outcome}${why} | ${asks} | ${tide.outcome}${stopped} |`)
}
const page = `# Realistic edits on tables with rows

${rows.length} edits of a schema that people make, each on tables with rows: \`test/scenarios/realistic-edits/\` holds them with the
rows, the answers and what has to stand in the database afterwards. Written by \`npm run compare:edits\`.

- **Prisma's own script** ${summary(prismaCounts)}.
- **Tide** ${summary(tideCounts)}.

| | edit | Prisma's own script | Tide asks | Tide |
|---|---|---|---|---|
${rows.join('\n')}
`
await writeFile('docs/realistic-edits.md', page)
process.stdout.write(page)

function count(counts: Map<Outcome, number>, outcome: Outcome): void {
  counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
}

function summary(counts: ReadonlyMap<Outcome, number>): string {
  const of = (outcome: Outcome): number => counts.get(outcome) ?? 0
  return `fails on ${of('fails')}, loses or changes data on ${of('loses')}, keeps every row on ${of('keeps')}`
}
