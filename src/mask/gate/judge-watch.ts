import { tableKey } from '../../seed/plan/table-key.ts'
import type { TableMask } from '../row-mask.ts'
import { binomialTail, type Rate, wilson } from './chance.ts'
import { rareRows } from './known-source.ts'
import type { Compared, GateColumn, GateGroups, GateReport, GateTest } from './report.ts'
import { runLength } from './survey-rows.ts'
import type { TableTally } from './tallies.ts'
import type { Watch } from './watch.ts'

/** What a report is made of. */
export interface JudgeInput {
  readonly watch: Watch
  readonly masks: readonly TableMask[]
  readonly environment: string
  readonly run: string
  /** By `schema.table`. */
  readonly reference: readonly string[]
}

/** From here on an overlap is no chance: one-sided binomial test, for each column. */
const overlapLevel = 1e-6

/** The verdict on everything that a watch has seen. */
export function judgeWatch({ watch, masks, environment, run, reference }: JudgeInput): GateReport {
  const { tallies, known } = watch
  const columns = tallies.tables.flatMap(({ table }) =>
    table.watched.map((column): GateColumn => {
      const { overlap, overlapByChance, runs, runsByChance, ...counts } = tallies.column(column.id)
      return {
        column: `${tableKey(table.facts)}.${column.name}`,
        piiClass: column.piiClass,
        mask: column.mask,
        ...counts,
        overlap: compare(overlap, overlapByChance),
        runs: compare(runs, runsByChance),
      }
    }),
  )
  const tests = [canaries(watch), rareValues(columns, strays(watch)), overlap(columns), verbatim(columns)]
  const provenances = masks
    .filter(({ schema, table }) => !reference.includes(tableKey({ schema, name: table })))
    .flatMap((mask) => mask.columns.map(({ provenance }) => provenance))
  return {
    version: 1,
    passed: tests.every(({ passed }) => passed),
    kind: 'pseudonymised',
    environment,
    run,
    tests,
    columns,
    groups: tallies.tables.flatMap(groupsOf),
    provenance: Object.fromEntries(
      [...new Set(provenances)].sort().map((one) => [one, provenances.filter((other) => other === one).length]),
    ),
    reference,
    compared: { valuesOneIn: known.values.oneIn, runsOneIn: known.runs.oneIn },
  }
}

/** Chance is taken at the upper end of its interval (99 %): the control is a sample too. */
function compare(observed: Rate, byChance: Rate): Compared {
  const { high } = wilson(byChance, 2.576)
  return { observed: { ...observed }, byChance: { ...byChance }, probability: binomialTail(observed, high) }
}

function canaries({ tallies }: Watch): GateTest {
  const planted = tallies.tables.reduce((sum, { planted: names }) => sum + names.size, 0)
  const found = tallies.tables.flatMap(({ table, recovered }) =>
    [...recovered].map((name) => `${tableKey(table.facts)}.${name}`),
  )
  const pieces = tallies.piecesWithCanary
  const passed = found.length === 0 && pieces === 0
  const told = passed
    ? `Canaries were planted in the stream of ${planted} columns that can carry words, and none came out.`
    : `Canaries planted in the stream came out${found.length === 0 ? '' : ` of ${found.length === 1 ? 'a column' : `${found.length} columns`}`}${pieces > 0 ? `${found.length === 0 ? ':' : ', and'} one stands in the files` : ''}.`
  return { name: 'canaries', passed, told, found }
}

/** A rare value in another row is chance only where strangers' values meet the source too: the overlap judges it. */
function rareValues(columns: readonly GateColumn[], strays: readonly Stray[]): GateTest {
  const isLeak = ({ rareKept, rareElsewhere, overlap }: GateColumn): boolean =>
    rareKept > 0 || (rareElsewhere > 0 && overlap.byChance.hits === 0)
  const bad = columns.filter(isLeak)
  const cells = bad.reduce((sum, one) => sum + one.rareKept + one.rareElsewhere, 0)
  const chance = columns.filter((one) => !isLeak(one) && one.rareElsewhere > 0)
  const words =
    chance.length === 0
      ? ''
      : ` In ${chance.length} more the masks' public words are somebody's by chance, in other rows: see the overlap.`
  const kept = strays.reduce((sum, { rows }) => sum + rows, 0)
  const isPassed = bad.length === 0 && kept === 0
  const told =
    isPassed
      ? `No value that ${rareRows} rows of the source or fewer have came out, in ${columns.length - chance.length} columns of the classes D, S, C and F.${words}`
      : `${cells + kept} values that ${rareRows} rows of the source or fewer have came out${kept === 0 ? '' : `, ${kept} of them in columns that are taken as they are`}.`
  const found = [...bad.map(({ column }) => column), ...strays.map(({ column }) => column)]
  return { name: 'rare-values', passed: isPassed, told, found }
}

/** A column that is taken as it is, and rows in which it holds a rare value of one that is watched. */
interface Stray {
  readonly column: string
  readonly rows: number
}

function strays({ tallies }: Watch): readonly Stray[] {
  return tallies.tables.flatMap(({ table, strays: found, named }) => {
    const repeating = [...named].filter(([, { own, byChance }]) => compare(own, byChance).probability < overlapLevel)
    const rows = new Map([...repeating.map(([name, { own }]) => [name, own.hits] as const), ...found])
    return [...rows].map(([name, count]) => ({ column: `${tableKey(table.facts)}.${name}`, rows: count }))
  })
}

function overlap(columns: readonly GateColumn[]): GateTest {
  const tested = columns.filter((one) => one.overlap.observed.draws > 0)
  const bad = tested.filter((one) => one.overlap.probability < overlapLevel)
  const told =
    bad.length === 0
      ? `Masked values are among those of the source no more often than strangers' are: ${tested.length} columns, one-sided binomial test, p < ${overlapLevel}.`
      : `Masked values are among those of the source more often than chance allows (one-sided binomial test, p < ${overlapLevel}).`
  return { name: 'overlap', passed: bad.length === 0, told, found: bad.map(({ column }) => column) }
}

/** Where strangers' texts share no run with the source, not one may; else no more than theirs. */
function verbatim(columns: readonly GateColumn[]): GateTest {
  const tested = columns.filter(({ runs }) => runs.observed.draws > 0)
  const isBad = ({ observed, byChance, probability }: Compared): boolean =>
    observed.hits > 0 && (byChance.hits === 0 || probability < overlapLevel)
  const bad = tested.filter(({ runs }) => isBad(runs))
  const shared = tested.filter(({ runs }) => runs.byChance.hits > 0)
  const chance =
    shared.length === 0
      ? ''
      : ` In ${shared.length} of them the masks' own words make such runs by themselves: no more than strangers' texts have.`
  const told =
    bad.length === 0
      ? `No text that came out has ${runLength} characters in a row from the source, in ${tested.length} columns.${chance}`
      : `Texts that came out have ${runLength} characters in a row from the source.`
  return { name: 'verbatim-runs', passed: bad.length === 0, told, found: bad.map(({ column }) => column) }
}

function groupsOf({ table, groups, rows }: TableTally): readonly GateGroups[] {
  if (table.quasi.length === 0) return []
  const columns = table.quasi.map((place) => table.mask.columns[place]?.column ?? '')
  let [smallest, counted, small] = [Infinity, 0, 0]
  for (const count of groups.counts()) {
    smallest = Math.min(smallest, count)
    counted += count
    if (count < 5) small += count
  }
  return [
    {
      table: tableKey(table.facts),
      columns,
      rows,
      smallest: counted === 0 ? undefined : smallest,
      belowFive: counted === 0 ? 0 : small / counted,
      oneIn: groups.oneIn,
    },
  ]
}
