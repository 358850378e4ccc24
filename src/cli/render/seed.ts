import type { SeededModel, SeedResult } from '../../seed/seed-result.ts'
import type { Colors } from '../colors.ts'

/** What `tide seed` did, model by model. */
export function renderSeed(result: SeedResult, database: string, colors: Colors): readonly string[] {
  const { models, dryRun, cloned = false } = result
  const changed = models.filter(isChanged)
  const width = Math.max(0, ...changed.map(({ model }) => model.length))
  return [
    `${headline(result)}. ${colors.dim(database)}`,
    ...changed.map((model) => `  ${model.model.padEnd(width)}  ${describe(model, colors, cloned || dryRun)}`),
    ...coverLines(result, colors),
    ...changedLines(result, colors),
    ...(dryRun ? ['Nothing was changed: this was a dry run.'] : []),
  ]
}

function headline({ environment, models, rows, dryRun, files, cloned = false, ms }: SeedResult): string {
  if (rows === 0 && models.every(({ deleted }) => deleted === 0)) {
    const unchanged = models.reduce((sum, model) => sum + model.unchanged, 0)
    return `Nothing to change in ${environment}: ${count(unchanged, 'row')} as ${unchanged === 1 ? 'it' : 'they'} should be`
  }
  const size = `${count(rows, 'row')}${dryRun ? '' : ` in ${duration(ms)}`}`
  if (files !== undefined) return `${dryRun ? 'Would write' : 'Wrote'} the rows of ${environment} to ${files}, ${size}`
  return `${dryRun ? 'Would seed' : 'Seeded'} ${environment} with ${size}${cloned ? ', cloned from an earlier run' : ''}`
}

function isChanged(model: SeededModel): boolean {
  return model.reference + model.generated + model.deleted + model.removed + model.notes.length > 0
}

function describe(model: SeededModel, colors: Colors, isUntimed: boolean): string {
  const kept = model.removed - model.deleted
  const parts = [
    [model.inserted, 'inserted'],
    [model.updated, 'updated'],
    [model.restored, 'restored'],
    [model.deleted, 'deleted'],
    [model.generated, 'generated'],
    [model.unchanged, 'unchanged'],
    [kept, 'no longer declared'],
  ] as const
  const text = parts.filter(([number]) => number > 0).map(([number, word]) => `${number.toLocaleString('en')} ${word}`)
  const notes = model.notes.map((note) => `\n      ${note}`).join('')
  return `${text.join(', ')}${colors.dim(`${isUntimed ? '' : `  ${duration(model.ms)}`}${notes}`)}`
}

/** How many rows it took, and what no row of this schema is. */
function coverLines({ cover, rows }: SeedResult, colors: Colors): readonly string[] {
  if (cover === undefined || rows === 0) return []
  const { states, missing } = cover
  const covered = (states - missing.length).toLocaleString('en')
  return [
    `${count(cover.rows, 'synthetic row')} cover ${covered} of ${count(states, 'state')}: ${colors.dim(coverWords)}`,
    ...missing.slice(0, mostLines).map(({ model, field, state }) => `  not covered: ${model}.${field}, ${state}`),
    ...(missing.length > mostLines ? [colors.dim(`  … and ${missing.length - mostLines} more`)] : []),
  ]
}

const coverWords = 'values of enums, true and false, NULL and not NULL, no child, one and many'

function changedLines(result: SeedResult, colors: Colors): readonly string[] {
  const { changedByHand } = result
  if (changedByHand.length === 0) return []
  const shown = changedByHand.slice(0, mostLines).map(({ model, fields, where }) => {
    const place = where.line === undefined ? (where.file ?? '') : `${where.file ?? ''}:${where.line}`
    return `  ${model}${fields.length === 0 ? '' : `: ${fields.join(', ')}`}${colors.dim(place === '' ? '' : `  (${place})`)}`
  })
  const more = changedByHand.length - shown.length
  return [
    colors.yellow(`${count(changedByHand.length, 'row')} changed by hand since Tide last wrote, ${fate(result)}:`),
    ...shown,
    ...(more === 0 ? [] : [colors.dim(`  … and ${more} more`)]),
  ]
}

const mostLines = 20

function fate({ overwritten }: SeedResult): string {
  return overwritten ? 'and overwritten' : 'and left alone; --overwrite gives them what is declared'
}

function count(number: number, what: string): string {
  return `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`
}

function duration(ms: number): string {
  return ms < 10_000 ? `${String(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
