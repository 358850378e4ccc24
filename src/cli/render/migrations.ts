import type { AppliedStep, UpResult } from '../../apply/up.ts'
import type { DownResult } from '../../apply/down.ts'
import type { MigrationStatus, StatusResult } from '../../apply/status.ts'
import type { Verdict } from '../../proof/proof.ts'
import type { Colors } from '../colors.ts'

/** What `tide up` did. */
export function renderUp(result: UpResult, database: string, colors: Colors): readonly string[] {
  const { applied, outOfOrder, steps, ms } = result
  if (steps.length === 0) return [`Nothing to apply to ${database}.`]
  const what = applied.length === 0 ? `Ran data steps that were owed in ${database}` : `Applied ${count(applied.length)} to ${database}`
  return [
    `${what} in ${duration(ms)}.`,
    ...stepLines(steps, colors),
    ...(outOfOrder.length === 0
      ? []
      : [colors.yellow(`Out of order, before one that was applied already: ${outOfOrder.join(', ')}`)]),
  ]
}

/** What `tide down` did. */
export function renderDown({ rolledBack, steps, ms }: DownResult, database: string, colors: Colors): readonly string[] {
  if (rolledBack.length === 0) return [`Nothing to roll back in ${database}.`]
  return [`Rolled back ${count(rolledBack.length)} in ${database} in ${duration(ms)}.`, ...stepLines(steps, colors)]
}

/** A migration with the verdict of its proof, where that still holds. */
type ProvenMigration = MigrationStatus & { readonly verdict?: Verdict }

/** What `tide status` shows. */
type ProvenStatus = Omit<StatusResult, 'migrations'> & { readonly migrations: readonly ProvenMigration[] }

/** What `tide status` found: the last of those that are applied, and every one that is not. */
export function renderStatus(
  result: ProvenStatus & { readonly drift: readonly string[] },
  colors: Colors,
): readonly string[] {
  const { database, migrations, drift } = result
  const plain = migrations.filter(isPlain)
  const hidden = new Set(migrations.length > mostLines ? plain.slice(0, -shownApplied) : [])
  return [
    colors.bold(database),
    ...(hidden.size === 0 ? [] : [colors.dim(`  … ${String(hidden.size)} more that are applied`)]),
    ...migrations.filter((migration) => !hidden.has(migration)).map((migration) => statusLine(migration, colors)),
    summary(result),
    ...blockedLines(result, colors),
    ...driftLines(drift, colors),
  ]
}

const mostLines = 30
const shownApplied = 5
const mostSteps = 20

/** Applied and pending always, the others where there are any. */
function summary({ migrations, pending, dataOwed, blocked }: ProvenStatus): string {
  const counts = new Map<string, number>([
    ['applied', 0],
    ['pending', 0],
  ])
  for (const { state } of migrations) counts.set(state, (counts.get(state) ?? 0) + 1)
  const parts = [...counts].map(([state, number]) => `${String(number)} ${state}`)
  if (dataOwed > 0) parts.push(`${String(dataOwed)} data ${dataOwed === 1 ? 'step' : 'steps'} owed`)
  return `${parts.join(', ')}.${pending + dataOwed > 0 && blocked === undefined ? ' Apply with: tide up' : ''}`
}

/** What is in the way of `tide up`, in the words in which it would say so. */
function blockedLines({ blocked }: ProvenStatus, colors: Colors): readonly string[] {
  if (blocked === undefined) return []
  const { code, message, why, fix } = blocked
  const reasons = why === undefined ? [] : why.split('\n').map((line) => `  ${line}`)
  return [colors.red(`tide up would refuse: ${message} (${code})`), ...reasons, ...(fix === undefined ? [] : [`  ${fix}`])]
}

/** `up` refuses to work beside one of these. */
const inTheWay: ReadonlySet<MigrationStatus['state']> = new Set(['failed', 'edited', 'missing'])

function isPlain({ state, unfinished, data }: MigrationStatus): boolean {
  return state === 'applied' && unfinished === undefined && (data === undefined || data === 'done')
}

function statusLine(migration: ProvenMigration, colors: Colors): string {
  const { name, state, hasDown, incomplete, unfinished, verdict, data } = migration
  const paint = state === 'applied' ? colors.green : inTheWay.has(state) ? colors.red : colors.yellow
  const notes = [
    unfinished === undefined ? undefined : `stopped midway (${unfinished.direction}); run tide ${unfinished.direction} again`,
    state === 'missing' || hasDown ? undefined : 'no down.sql',
    data === undefined || data === 'done' ? undefined : `data step ${data}`,
    verdict === undefined ? undefined : `proof: ${verdict}`,
    incomplete === undefined ? undefined : `rollback incomplete: ${incomplete.join('; ')}`,
  ].filter((note) => note !== undefined)
  return `  ${paint(state.padEnd(11))}  ${name}${notes.length === 0 ? '' : colors.dim(`  (${notes.join(', ')})`)}`
}

function driftLines(drift: readonly string[], colors: Colors): readonly string[] {
  if (drift.length === 0) return []
  return [colors.red(`Drift: the catalog is not what the ledger says (${String(drift.length)}):`), ...drift.map((line) => `  ${line}`)]
}

/** All of them, or the last where they are many. */
function stepLines(steps: readonly AppliedStep[], colors: Colors): readonly string[] {
  const shown = steps.slice(-mostSteps)
  const width = Math.max(...shown.map(({ migration }) => [...migration].length))
  const more = steps.length - shown.length
  return [
    ...(more === 0 ? [] : [colors.dim(`  … and ${String(more)} before these`)]),
    ...shown.map(({ migration, step, statements, rows = 0, ms, attempts }) => {
      const tries = attempts === 1 ? '' : colors.yellow(`  after ${String(attempts)} attempts for a lock`)
      const name = migration + ' '.repeat(width - [...migration].length)
      const done = step === 'data' ? dataCount(rows, statements) : statementCount(statements)
      return `  ${name}  ${colors.dim(`${done}, ${duration(ms)}`)}${tries}`
    }),
  ]
}

function count(migrations: number): string {
  return migrations === 1 ? '1 migration' : `${String(migrations)} migrations`
}

function dataCount(rows: number, batches: number): string {
  const of = batches === 0 ? '' : ` in ${batches.toLocaleString('en')} ${batches === 1 ? 'batch' : 'batches'}`
  return `data: ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}${of}`
}

function statementCount(statements: number): string {
  return statements === 1 ? '1 statement' : `${String(statements)} statements`
}

function duration(ms: number): string {
  return ms < 10_000 ? `${String(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
