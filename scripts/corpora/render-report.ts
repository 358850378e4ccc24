import type { CorpusResult } from './try-corpus.ts'

/** The section of docs/corpora.md. */
export function renderReport(results: readonly CorpusResult[]): string {
  return [
    '## Rollbacks of six real histories',
    '',
    'Each history is adopted (a `down.sql` for every migration), then every migration is applied, rolled back and applied',
    'again, with the catalogs compared at each step; at last everything is rolled back, one after the other, to the',
    'empty database, and applied again (`npm run corpora`).',
    '',
    '| project | migrations | applied | complete rollbacks | incomplete, with reasons | catalog as before after `down` | catalog as after after `up` again | the whole way back and up |',
    '|---|---|---|---|---|---|---|---|',
    ...results.map(row),
    '',
    '### Why rollbacks are incomplete',
    '',
    'A migration may have several reasons. All of them are about rows: structure comes back in each of them.',
    '',
    '| reason | migrations |',
    '|---|---|',
    ...countRows(results, ({ reasons }) => reasons),
    '',
    '### Proofs',
    '',
    'Every migration is then rehearsed with rows by `tide verify`, with the rollbacks that were written just now.',
    '',
    '| project | migrations | exact | lossy | irreversible | fails | seconds |',
    '|---|---|---|---|---|---|---|',
    ...results.map(verdictRow),
    '',
    'What the lossy and failing ones show; a migration may show several. A kind of row at which a migration stops is named as',
    'in [verifying.md](verifying.md).',
    '',
    '| ground | migrations |',
    '|---|---|',
    ...countRows(results, ({ grounds }) => grounds),
    '',
    ...results.flatMap(({ name, stopped }) => (stopped === undefined ? [] : stoppedSection(name, stopped))),
    ...results.flatMap(({ name, wrong }) => (wrong.length === 0 ? [] : wrongSection(name, wrong))),
  ].join('\n')
}

function row(result: CorpusResult): string {
  const cells = [
    result.name,
    result.migrations,
    result.tried,
    result.complete,
    result.incomplete,
    result.sameBefore,
    result.sameAfter,
    result.wholeWayBack ? 'yes' : 'no',
  ]
  return `| ${cells.join(' | ')} |`
}

function verdictRow({ name, tried, verdicts, verifyMs }: CorpusResult): string {
  const { exact, lossy, irreversible, fails } = verdicts
  return `| ${[name, tried, exact, lossy, irreversible, fails, (verifyMs / 1000).toFixed(0)].join(' | ')} |`
}

function countRows(
  results: readonly CorpusResult[],
  countsOf: (result: CorpusResult) => Readonly<Record<string, number>>,
): readonly string[] {
  const counts = new Map<string, number>()
  for (const result of results) {
    if (result.name.includes('stand-in')) continue
    for (const [reason, count] of Object.entries(countsOf(result))) {
      counts.set(reason, (counts.get(reason) ?? 0) + count)
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `| ${reason} | ${count} |`)
}

function stoppedSection(name: string, stopped: string): readonly string[] {
  return [
    `### Where ${name} stops`,
    '',
    stopped,
    '',
    'What was written until there stays. Point `rehearsal.url` in `tide.config.ts` at a server that has the extension,',
    'then run `tide init` again: it goes on where it stopped.',
    '',
  ]
}

function wrongSection(name: string, wrong: readonly string[]): readonly string[] {
  return [`### ${name}: not as it should be`, '', ...wrong.map((line) => `- ${line}`), '']
}
