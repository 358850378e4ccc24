import type { Compared, GateColumn, GateGroups, GateReport, GateTest } from './report.ts'
import { wilson } from './chance.ts'

/** What the gate measured, and what that does not show: one page that opens nothing else. */
export function renderGatePage(gate: GateReport): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fixture of ${escape(gate.environment)}: ${gate.passed ? 'passed' : 'failed'}</title>
<style>${style}</style>
<main>
<h1>What the fixture of ${escape(gate.environment)} gives away</h1>
<p class="${gate.passed ? 'good' : 'bad'}"><strong>${gate.passed ? 'It passed its gate.' : 'It did not pass its gate, and is not loaded.'}</strong></p>
<p>The rows are <strong>pseudonymised</strong>: real rows under a key. They remain personal data, and are to be kept as such.${
    gate.carriedFrom === undefined
      ? ''
      : ` They were measured at the migration ${escape(gate.carriedFrom)} and carried on by the migrations since.`
  }</p>
<h2>What was asked</h2>
<ul>${gate.tests.map(renderTest).join('')}</ul>
<p>${comparedWords(gate)}</p>
<h2>Columns about people</h2>
${renderColumns(gate.columns)}
<h2>How many look the same</h2>
${renderGroups(gate.groups)}
<h2>Where values come from</h2>
<ul>${Object.entries(gate.provenance)
    .map(([name, count]) => `<li>${escape(name)}: ${count} column${count === 1 ? '' : 's'}</li>`)
    .join('')}</ul>
<p>Taken as they are, as reference data: ${gate.reference.length === 0 ? 'nothing' : gate.reference.map(escape).join(', ')}.</p>
<h2>What this does not show</h2>
<ul>${limits.map((limit) => `<li>${limit}</li>`).join('')}</ul>
</main>
</html>
`
}

const limits = [
  'That nobody can be recognised: relations, counts, dates in their order and rare combinations remain, and somebody who knows a person well may find their rows. Look at the sizes of groups above.',
  'Anything of columns that were accepted as nobody’s (class N and K with the mask keep) or declared as reference data: they are taken as they are, and no canary is planted there.',
  'Numbers and times are compared row by row only: that another row has the same number says nothing.',
  'Texts of fewer than 3 characters, in JSON of fewer than 4, are not told apart from chance.',
  'A text that was reworded, translated or encoded: only values as they are and 12 characters in a row are looked for.',
  'Comments, defaults, names of enums and constraints: they are the schema’s, and no part of a fixture.',
  'That this report was not edited: its checksum in the manifest shows damage, not intent.',
]

function renderTest({ name, passed, told, found }: GateTest): string {
  const where =
    found.length === 0
      ? ''
      : `<br><small>${found.slice(0, 20).map(escape).join(', ')}${found.length > 20 ? ` and ${found.length - 20} more` : ''}</small>`
  return `<li class="${passed ? 'good' : 'bad'}"><strong>${passed ? '✓' : '✗'} ${escape(name)}</strong>: ${escape(told)}${where}</li>`
}

function comparedWords({ compared: { valuesOneIn, runsOneIn } }: GateReport): string {
  const values =
    valuesOneIn === 1
      ? 'Every value of the source was compared.'
      : `One in ${valuesOneIn} different values of the source was compared, the others are not known: a leak of m values stays unseen with a chance of (1 - 1/${valuesOneIn})^m.`
  const runs =
    runsOneIn === 1
      ? 'Every run of 12 characters was compared.'
      : `One in ${runsOneIn} runs of 12 characters was compared: a copied text of n characters stays unseen with a chance of (1 - 1/${runsOneIn})^(n - 11).`
  return `${values} ${runs} Values are compared by keyed numbers of 53 bits, kept in memory while the fixture was built.`
}

function renderColumns(columns: readonly GateColumn[]): string {
  if (columns.length === 0) return '<p>None: no column of the classes D, S, C and F was masked.</p>'
  const rows = columns.map(
    (one) =>
      `<tr><td>${escape(one.column)}</td><td>${one.piiClass}</td><td>${escape(one.mask)}</td><td>${number(one.cells)}</td><td>${one.rareKept}</td><td>${one.rareElsewhere}</td><td>${one.drawnAgain}</td><td>${rate(one.overlap)}</td><td>${rate(one.runs)}</td></tr>`,
  )
  return `<table><tr><th>column</th><th>class</th><th>mask</th><th>cells</th><th>rare, kept</th><th>rare, elsewhere</th><th>drawn again</th><th>also in the source</th><th>12 characters shared</th></tr>${rows.join('')}</table>
<p><small>Behind each rate: its 95 % interval (Wilson), and in brackets that of strangers’ values through the same masks.</small></p>`
}

function rate({ observed, byChance }: Compared): string {
  if (observed.draws === 0) return '–'
  const { low, high } = wilson(observed)
  const chance = byChance.draws === 0 ? '' : ` (${byChance.hits} of ${number(byChance.draws)})`
  return `${observed.hits} of ${number(observed.draws)}, ${percent(low)}–${percent(high)}${chance}`
}

function renderGroups(groups: readonly GateGroups[]): string {
  if (groups.length === 0) return '<p>No column is declared as a quasi-identifier (class Q).</p>'
  const rows = groups.map(
    ({ table, columns, rows: count, smallest, belowFive, oneIn }) =>
      `<tr><td>${escape(table)}</td><td>${columns.map(escape).join(', ')}</td><td>${number(count)}</td><td>${smallest === undefined ? '–' : `${oneIn === 1 ? '' : 'about '}${smallest}`}</td><td>${percent(belowFive)}</td></tr>`,
  )
  return `<table><tr><th>table</th><th>quasi-identifiers</th><th>rows</th><th>k: the smallest group</th><th>rows in groups of fewer than 5</th></tr>${rows.join('')}</table>
<p><small>Rows that have the same masked quasi-identifiers. The values are masked, so that a group does not name a real place or date by itself.</small></p>`
}

function number(value: number): string {
  return value.toLocaleString('en')
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.001 ? 4 : 1)} %`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const style = `body{font:16px/1.5 system-ui,sans-serif;color:#1c1e21;background:#fff;margin:0}main{max-width:64rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%;font-size:.85rem;display:block;overflow-x:auto}
th,td{border-bottom:1px solid #ddd;padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top}.good strong{color:#17692f}.bad strong{color:#b3261e}`
