import type { ArchiveEntry } from '../../history/archive/list-archives.ts'
import type { Colors } from '../colors.ts'

/** `tide archive list`: the migrations, under each what it keeps. */
export function renderArchives(entries: readonly ArchiveEntry[], now: Date, colors: Colors): readonly string[] {
  if (entries.length === 0) return ['Nothing is archived.']
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  return [
    ...byMigration(entries).flatMap(([migration, own]) => [
      `${colors.bold(migration)}  ${colors.dim(`${age(own[0]?.archivedAt ?? now, now)} ago`)}`,
      ...own.map((entry) => `  ${entry.source}  ${colors.dim(describe(entry))}`),
    ]),
    `${megabytes(bytes)} in all. Purge what will not be rolled back any more with: tide archive purge`,
  ]
}

/** `tide archive purge`: for which migrations it was the point of no return. */
export function renderPurge(entries: readonly ArchiveEntry[], colors: Colors): readonly string[] {
  if (entries.length === 0) return ['Nothing to purge.']
  return [
    'Purged. From now on these cannot be rolled back without loss:',
    ...byMigration(entries).flatMap(([migration, own]) => [
      `  ${colors.bold(migration)}`,
      ...own.map((entry) => `    ${entry.source}  ${colors.dim(describe(entry))}`),
    ]),
  ]
}

function byMigration(entries: readonly ArchiveEntry[]): readonly (readonly [string, readonly ArchiveEntry[]])[] {
  const names = [...new Set(entries.map(({ migration }) => migration))]
  return names.map((name) => [name, entries.filter(({ migration }) => migration === name)])
}

function describe({ kept, rows, bytes }: ArchiveEntry): string {
  if (!kept) return 'not kept: the table was too large'
  return `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}, ${megabytes(bytes)}`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

function age(moment: Date, now: Date): string {
  const hours = Math.max(0, (now.getTime() - moment.getTime()) / 3_600_000)
  if (hours < 1) return 'less than an hour'
  const [count, unit] = hours < 48 ? [hours, 'hour'] : [hours / 24, 'day']
  const whole = Math.floor(count)
  return `${whole.toLocaleString('en')} ${whole === 1 ? unit : `${unit}s`}`
}
