import { type FilledCorpus, rowsPerModel } from './fill-corpus.ts'

/** The section of docs/corpora.md. */
export function renderFilled(results: readonly FilledCorpus[]): string {
  const rows = results.map(({ name, tables, rows, ms, judgement, failed }) =>
    judgement === undefined
      ? `| ${name} | ${failed ?? ''} | | | | | | |`
      : `| ${name} | ${tables} | ${rows} | ${(ms / 1000).toFixed(1)} | ${judgement.constraints} | ${judgement.broken.length + judgement.wrongCounts.length} | ${judgement.backInTime} | ${judgement.routable.length} of ${judgement.values} |`,
  )
  return `## Filled from the schema alone

Seven databases at the end of their histories, each filled with ${rowsPerModel} rows of every model and no configuration
(\`npm run seed:corpora\`). Every foreign key and check was then taken off and validated again by the server.

| project | tables | rows | seconds | constraints | broken | changed before created | routable values |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}

- **broken**: constraints and indexes that do not hold, and tables with another number of rows than asked for
- **routable**: emails, links, addresses and telephone numbers outside what is reserved for documentation and fiction
`
}
