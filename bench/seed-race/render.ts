import type { Peak } from './measure-peak.ts'
import type { Lap } from './table.ts'

/** One filling of the table. */
export interface SeedLap extends Lap {
  readonly name: string
}

/** The section of RESULTS.md. */
export function renderRace({ laps, peaks, load, machine, server }: {
  readonly laps: readonly SeedLap[]
  readonly peaks: readonly Peak[]
  readonly load: string
  readonly machine: string
  readonly server: string
}): string {
  const most = Math.max(...laps.map(({ rows }) => rows))
  const rate = (name: string, rows?: number): number => {
    const found = laps.filter((lap) => lap.name.startsWith(name) && (rows === undefined || lap.rows === rows))
    return found.reduce((sum, lap) => sum + lap.rows, 0) / found.reduce((sum, lap) => sum + lap.ms, 0) * 1000
  }
  const slow = laps.find(({ name }) => name.startsWith('Prisma'))?.rows
  const [fewer, more] = [peaks[0], peaks.at(-1)]
  const growth = (more?.peakMb ?? Number.NaN) / (fewer?.peakMb ?? Number.NaN)
  const highest = Math.max(...peaks.map(({ peakMb }) => peakMb))
  const bounds = [
    bound('Tide against COPY of ready-made rows', rate('Tide', most) / rate('COPY'), (value) => value >= 0.45, 'at least 0.45'),
    bound('Tide against drizzle-seed', rate('Tide', slow) / rate('drizzle'), (value) => value >= 5, 'at least 5'),
    bound('Tide against createMany', rate('Tide', slow) / rate('Prisma'), (value) => value >= 20, 'at least 20'),
    bound('peak memory of `tide seed`, MB', highest, (value) => value < 300, 'below 300'),
    bound(`the same, ${count(more?.rows)} rows against ${count(fewer?.rows)}`, growth, (value) => value <= 1.15, 'at most 1.15'),
  ]
  return `## Filling a table

One table of 11 columns (an enum, jsonb, numeric with a check, a unique email, an index), constraints and indexes on, one
after the other in one run on the same embedded PostgreSQL ${server}; each in a process of its own, whose start is not in
the time. Written by \`npm run bench:seed\` in \`bench/\`.

- Machine: ${machine}
- Load average before the runs: ${load}

| who | rows | seconds | rows/s | peak memory |
|---|---|---|---|---|
${laps.map((lap) => `| ${lap.name} | ${lap.rows.toLocaleString('en')} | ${(lap.ms / 1000).toFixed(1)} | ${Math.round((lap.rows / lap.ms) * 1000).toLocaleString('en')} | ${lap.peakMb.toFixed(0)} MB |`).join('\n')}

The command itself, the same table, its whole process from its start:

| command | seconds | peak memory |
|---|---|---|
${peaks.map(({ rows, seconds, peakMb }) => `| \`tide seed --rows ${rows}\` | ${seconds.toFixed(1)} | ${peakMb.toFixed(0)} MB |`).join('\n')}

| what | measured | bound | holds |
|---|---|---|---|
${bounds.join('\n')}
`
}

function bound(what: string, value: number, holds: (value: number) => boolean, limit: string): string {
  return `| ${what} | ${value < 10 ? value.toFixed(2) : value.toFixed(0)} | ${limit} | ${holds(value) ? 'yes' : '**no**'} |`
}

function count(rows = 0): string {
  return rows.toLocaleString('en')
}
