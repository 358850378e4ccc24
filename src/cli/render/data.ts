import type { DataStatus, DataStepStatus } from '../../data/status.ts'
import type { DataWork } from '../../data/work.ts'
import type { Colors } from '../colors.ts'

/** `tide data status`: a line for each step, below it what is to be known of one that is at work or stuck. */
export function renderDataStatus({ database, steps, owed }: DataStatus, colors: Colors): readonly string[] {
  if (steps.length === 0) return [colors.bold(database), 'No applied migration has a data step.']
  return [
    colors.bold(database),
    ...steps.flatMap((step) => stepLines(step, colors)),
    owed === 0 ? 'All data steps are done.' : `${owed} of ${steps.length} data steps owed. Go on with: tide up, or tide data work`,
  ]
}

function stepLines(step: DataStepStatus, colors: Colors): readonly string[] {
  const { migration, state, direction, description, reason, quarantined } = step
  const paint = state === 'done' || state === 'skipped' ? colors.green : state === 'failed' || state === 'cancelled' ? colors.red : colors.yellow
  const told = direction === 'down' && state === 'running' ? 'undoing' : state
  const lines = [
    description ?? undefined,
    progressOf(step),
    step.cursor === null || state === 'done' ? undefined : `at ${keyText(step.cursor)}`,
    reason ?? undefined,
    ...quarantined.slice(0, 5).map(({ key, reason: why }) => `could not change ${keyText(key)}: ${why}`),
    quarantined.length > 5 ? `and ${quarantined.length - 5} more rows; --json lists them` : undefined,
  ].filter((line) => line !== undefined)
  return [`  ${paint(told.padEnd(9))}  ${migration}`, ...lines.map((line) => colors.dim(`             ${line}`))]
}

function progressOf(step: DataStepStatus): string | undefined {
  const { state, done, total, changed, batches, rate, secondsLeft, longestMs } = step
  if (total === null || (batches === 0 && (state === 'done' || total === 0))) return undefined
  const counts = batches === 0 ? 'no batch yet' : `${batches.toLocaleString('en')} batches, the longest ${longestMs} ms`
  if (state === 'done') return `${changed.toLocaleString('en')} rows changed in ${counts}`
  const share = total === 0 ? 1 : done / total
  const full = Math.round(Math.min(1, share) * 20)
  const left = secondsLeft === null ? '' : `, ${rate.toLocaleString('en')} rows/s, ${secondsLeft} s left`
  const bar = `${'█'.repeat(full)}${'░'.repeat(20 - full)} ${Math.floor(share * 100)} %`
  return `${bar}  ${done.toLocaleString('en')} of ${total.toLocaleString('en')} rows${left}; ${counts}`
}

function keyText(key: Readonly<Record<string, string>>): string {
  return Object.entries(key).map(([column, value]) => `${column} ${value}`).join(', ')
}

/** `tide data work`: what was done. */
export function renderDataWork({ steps, ms }: DataWork, database: string): readonly string[] {
  if (steps.length === 0) return [`No data step is owed in ${database}.`]
  return [
    `Worked on ${steps.length === 1 ? 'one data step' : `${steps.length} data steps`} of ${database} for ${ms} ms.`,
    ...steps.map(({ migration, rows, batches }) => `  ${migration}  ${rows.toLocaleString('en')} rows in ${batches} batches`),
  ]
}
