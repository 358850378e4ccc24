import { median, medianRatio, type Measurement } from './measure.ts'
import type { Race } from './up-race.ts'

export interface Results {
  readonly machine: string
  readonly server: string
  readonly load: string
  readonly runs: number
  readonly node: Measurement
  /** The long history, its beginning, and its end in as few migrations as its beginning has. */
  readonly dev: readonly Measurement[]
  readonly status: Measurement
  readonly first: Measurement
  readonly later: Measurement
  readonly race: Race
}

/** `RESULTS.md`: each figure with the bound that it was given, and whether it holds. */
export function renderResults(results: Results): string {
  const { node, dev, status, first, later, race } = results
  const [devLong = node, devShort = node, devSquashed = node] = dev
  const bounds = [
    bound('a Node.js process that does nothing', node),
    bound('`tide dev --create-only`, one added column, 434 migrations', devLong, 1000),
    bound('the same with the first 50 migrations', devShort),
    ratio('434 migrations (71 models) against the first 50 (17 models)', devLong, devShort, 1.3),
    bound('the same schema of 71 models at the end of 50 migrations', devSquashed),
    ratio('434 migrations against 50, both of 71 models', devLong, devSquashed, 1.3),
    bound('`tide status` against a running server', status, 350),
    bound('first `tide db start`', first, 2000),
    bound('later `tide db start`', later, 500),
    ratio('`tide up` of all 434 against one psql session', runsOf(race, 'tide'), runsOf(race, 'psql'), 1.5),
  ]
  const base = runsOf(race, 'psql')
  return [
    '# What Tide takes',
    '',
    `Whole processes, from before they start until they have ended; medians of ${results.runs} runs. Ratios are medians of`,
    'the ratios of each round. Written by `npm run bench` in `bench/`.',
    '',
    `- Machine: ${results.machine}`,
    `- Load average before the runs: ${results.load}`,
    `- Server: the embedded PostgreSQL ${results.server}, the same for everybody`,
    '- History: the 434 migrations of langfuse (MIT), warm cache',
    '',
    '| what | median | runs | bound | holds |',
    '|---|---|---|---|---|',
    ...bounds,
    '',
    '## All 434 migrations on an empty database',
    '',
    'The same SQL, each file in a transaction of its own where it can be in one. psql reads the files as they are and keeps',
    'no record of what it ran; the others each keep one.',
    '',
    '| tool | version | median | runs | against psql |',
    '|---|---|---|---|---|',
    ...race.racers.map(({ name, version, measurement }) => {
      const against = base === undefined ? '' : medianRatio(measurement, base).toFixed(2)
      return `| ${name} | ${version} | ${ms(median(measurement))} | ${spread(measurement)} | ${against} |`
    }),
    ...race.absent.map((line) => `\nNot measured: ${line}.`),
    '',
  ].join('\n')
}

function runsOf(race: Race, name: string): Measurement | undefined {
  return race.racers.find((one) => one.name === name)?.measurement
}

function bound(what: string, measurement: Measurement, limit?: number): string {
  const value = median(measurement)
  const holds = limit === undefined ? '' : value <= limit ? 'yes' : '**no**'
  return `| ${what} | ${ms(value)} | ${spread(measurement)} | ${limit === undefined ? '' : ms(limit)} | ${holds} |`
}

function ratio(what: string, value: Measurement | undefined, base: Measurement | undefined, limit: number): string {
  if (value === undefined || base === undefined) return `| ${what} | not measured | | ${limit.toFixed(1)} | |`
  const quotient = medianRatio(value, base)
  return `| ${what} | ${quotient.toFixed(2)} | | ${limit.toFixed(1)} | ${quotient <= limit ? 'yes' : '**no**'} |`
}

function spread(measurement: Measurement): string {
  return `${Math.min(...measurement.runs).toFixed(0)} to ${Math.max(...measurement.runs).toFixed(0)}`
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`
}
