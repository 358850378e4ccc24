import type { FixList, ListedRun } from '../../fix/list-fixes.ts'
import type { FixRunResult, FixTable } from '../../fix/run-fix.ts'
import type { RowSample, Values } from '../../fix/run/row-sample.ts'
import type { UndoResult } from '../../fix/undo-fix.ts'
import type { Colors } from '../colors.ts'

/** What is known besides the result. */
export interface RunScene {
  readonly database: string
  readonly rehearsed: boolean
  /** How many rows of each table were asked for. */
  readonly rows: number
  /** What the next command for the same database takes besides: ` --env production --confirm shop`. */
  readonly flags: string
}

/** `tide fix run`: what it did to each table, and what it took. */
export function renderRun(result: FixRunResult, scene: RunScene, colors: Colors): readonly string[] {
  const { fix, mode, undo, ms } = result
  const verb = mode === 'applied' ? 'Applied' : 'Rehearsed'
  const end = mode === 'applied' ? '' : result.batches === undefined ? ', and rolled everything back' : ', and rolled each batch back'
  return [
    `${verb} ${colors.bold(fix)} ${mode === 'applied' ? 'to' : 'on'} ${scene.database} in ${seconds(ms)}${end}.`,
    ...(scene.rehearsed ? [] : [colors.yellow('It was not rehearsed on this database in this form.')]),
    ...body(result, scene, colors),
    ...(undo === undefined
      ? result.tables.slice(0, 1).map(() => `Keep it with: tide fix run ${fix} --apply${scene.flags}`)
      : [`Take it back with: tide fix undo ${undo}${scene.flags}`]),
  ]
}

/** `tide fix undo`: what it restored. */
export function renderUndo(result: UndoResult, scene: RunScene, colors: Colors): readonly string[] {
  const { fix, mode, undo, undoes, overwritten, ms } = result
  const verb = mode === 'applied' ? 'Undid' : 'Rehearsed the undo of'
  return [
    `${verb} run ${undoes} of ${colors.bold(fix)} in ${scene.database} in ${seconds(ms)}${mode === 'applied' ? '' : ', and rolled everything back'}.`,
    ...(overwritten.length === 0 ? [] : [colors.yellow(`Overwritten, though changed since: ${some(overwritten)}`)]),
    ...body(result, scene, colors),
    ...(undo === undefined ? [] : [`Apply it again with: tide fix undo ${undo}${scene.flags}`]),
  ]
}

/** `tide fix list`. */
export function renderFixes({ fixes, runs }: FixList, colors: Colors): readonly string[] {
  if (fixes.length === 0) return ['There is no fix yet. Begin one with: tide fix new NAME']
  const width = Math.max(...fixes.map(({ name }) => name.length))
  return [
    ...fixes.map(({ name, file, description }) => {
      const gone = file === undefined ? colors.yellow(' (its script is gone)') : ''
      return `${colors.bold(name.padEnd(width))}  ${description}${gone}`
    }),
    ...(runs.length === 0 ? ['None was applied to this database.'] : ['', ...runs.flatMap((run) => runLines(run, colors))]),
  ]
}

function runLines(run: ListedRun, colors: Colors): readonly string[] {
  const what = run.undoes === undefined ? run.fix : `undo of run ${run.undoes} (${run.fix})`
  const state = run.undoneBy === undefined ? unfinished(run, colors) : colors.dim(`  undone by run ${run.undoneBy}`)
  const who = run.appliedBy === null ? run.role : `${run.appliedBy} as ${run.role}`
  const tables = run.tables.map((table) => `${table.table} ${counted(table)}`).join('; ')
  return [`${colors.bold(run.id)}  ${what}  ${run.appliedAt}  ${who}${state}`, `    ${tables === '' ? 'no row' : tables}`]
}

/** What a run in batches lacks to its end. */
function unfinished({ batches, undoes }: ListedRun, colors: Colors): string {
  if (batches === undefined || batches.isFinished) return ''
  if (undoes !== undefined) return colors.yellow('  not finished')
  return colors.yellow(`  stopped at ${batches.visited.toLocaleString('en')} of about ${batches.total.toLocaleString('en')} rows`)
}

function body(result: FixRunResult, { rows }: RunScene, colors: Colors): readonly string[] {
  const { mode, tables, locks, lockedMs, keptWaiting, attempts, batches } = result
  if (tables.length === 0) return [mode === 'applied' ? 'It changed no row.' : 'It would change no row.']
  const modes = [...new Set(locks.map(({ mode }) => mode))]
  const tablesOf = (mode: string): string => locks.filter((lock) => lock.mode === mode).map(({ table }) => table).join(', ')
  const held = modes.map((mode) => `${mode} on ${tablesOf(mode)}`)
  const blocks = [...new Set(locks.map((lock) => lock.blocks))]
  return [
    ...tables.flatMap((table) => tableLines(table, rows, colors)),
    ...(batches === undefined ? [] : [batchLine(batches)]),
    ...(held.length === 0 ? [] : [`Held for ${batches === undefined ? '' : 'at most '}${seconds(lockedMs)}: ${held.join('; ')}.`]),
    ...blocks.map((who) => colors.dim(`  Meanwhile these wait: ${who}.`)),
    ...keptWaiting.map((who) => colors.yellow(`  It kept waiting: ${who}`)),
    ...(attempts === 1 ? [] : [`It took ${String(attempts)} attempts to get its locks.`]),
  ]
}

function batchLine({ count, rows, longestMs }: NonNullable<FixRunResult['batches']>): string {
  const many = count === 1 ? '1 batch' : `${count.toLocaleString('en')} batches`
  return `${many}, ${rows.toLocaleString('en')} rows gone through; the longest took ${seconds(longestMs)}.`
}

function tableLines(table: FixTable, rows: number, colors: Colors): readonly string[] {
  const total = table.inserted + table.updated + table.deleted
  const hidden = total - table.rows.length
  return [
    `  ${colors.bold(table.table)}  ${counted(table)}${table.named ? '' : colors.dim('  (by a trigger, a cascade or a function)')}`,
    ...table.rows.map((row) => `    ${sampleLine(row, colors)}`),
    ...(rows === 0 || hidden <= 0 ? [] : [colors.dim(`    … ${hidden.toLocaleString('en')} more`)]),
  ]
}

function sampleLine({ key, before, after }: RowSample, colors: Colors): string {
  const name = Object.entries(key).map(([column, value]) => `${column}=${shown(value)}`).join(' ')
  if (before === null) return `${colors.green('+')} ${name}  ${values(after ?? {}, key)}`
  if (after === null) return `${colors.red('-')} ${name}  ${values(before, key)}`
  const changes = Object.entries(after).map(([column, value]) => `${column}: ${shown(before[column] ?? null)} → ${shown(value)}`)
  return `${colors.yellow('~')} ${name}  ${changes.join(', ')}`
}

function values(row: Values, key: Values): string {
  return Object.entries(row)
    .filter(([column]) => !(column in key))
    .map(([column, value]) => `${column}: ${shown(value)}`)
    .join(', ')
}

function shown(value: string | null): string {
  if (value === null) return 'NULL'
  // A terminal would obey what a row holds of control characters.
  const line = [...value.replaceAll(/\s+/g, ' ').replaceAll(/\p{Cc}/gu, '·')]
  return line.length > 60 ? `${line.slice(0, 59).join('')}…` : line.join('')
}

function counted({ inserted, updated, deleted }: Pick<FixTable, 'inserted' | 'updated' | 'deleted'>): string {
  const parts = [['inserted', inserted], ['updated', updated], ['deleted', deleted]] as const
  return parts.filter(([, count]) => count > 0).map(([what, count]) => `${count.toLocaleString('en')} ${what}`).join(', ')
}

function some(names: readonly string[]): string {
  return names.length <= 10 ? names.join(', ') : `${names.slice(0, 10).join(', ')} and ${String(names.length - 10)} more`
}

function seconds(ms: number): string {
  return ms < 1000 ? `${String(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
