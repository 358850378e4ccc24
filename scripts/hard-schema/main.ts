import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hardCases } from '../../test/seed/hard-schema/hard-cases.ts'
import { judgeCase, rowsPerTable } from '../../test/seed/hard-schema/judge-case.ts'
import { updateSection } from '../score-edits/update-section.ts'
import { withScratchDatabase } from '../support/scratch-database.ts'
import { scriptServer } from '../support/server.ts'

const page = join(fileURLToPath(new URL('../../', import.meta.url)), 'docs/hard-schema.md')

/** Fills the forty hard schemas and writes what the server said of each into docs/hard-schema.md. */
await using server = await scriptServer()
const lines: string[] = []
let passed = 0
for (const hard of hardCases) {
  const wrong = await withScratchDatabase(server.url, undefined, (url) => judgeCase(url, hard))
  if (wrong.length === 0) passed++
  console.log(
    `${wrong.length === 0 ? 'pass' : 'FAIL'} ${hard.number} ${hard.name}${wrong.map((line) => `\n  ${line}`).join('')}`,
  )
  lines.push(
    `| ${hard.number} | ${hard.name.replaceAll('|', '\\|')} | ${wrong.length === 0 ? 'pass' : `**fail**: ${wrong[0] ?? ''}`} |`,
  )
}
await updateSection(
  page,
  'cases',
  `**${passed} of ${hardCases.length} pass**, ${rowsPerTable} rows in every table, no configuration (\`npm run hard-schema\`).

| # | case | result |
|---|---|---|
${lines.join('\n')}`,
)
process.exitCode = passed === hardCases.length ? 0 : 1
