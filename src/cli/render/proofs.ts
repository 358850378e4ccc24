import type { Verdict } from '../../proof/proof.ts'
import type { Verification, VerifiedMigration } from '../../proof/verify.ts'
import type { Colors } from '../colors.ts'

/** What `tide verify` found: exact ones as a count, every other one with its grounds. */
export function renderVerification(verification: Verification, colors: Colors): readonly string[] {
  const { migrations, summary, stopped, ms } = verification
  const worth = migrations.filter(({ verdict, notes, volatile }) => verdict !== 'exact' || notes.length + volatile.length > 0)
  const counts = Object.entries(summary).flatMap(([verdict, count]) => (count === 0 ? [] : [`${String(count)} ${verdict}`]))
  return [
    ...(migrations.length <= mostExact ? migrations : worth).flatMap((one) => migrationLines(one, colors)),
    `${migrationCount(migrations.length)} in ${(ms / 1000).toFixed(1)} s: ${counts.join(', ')}.`,
    ...stoppedLines(stopped, colors),
    ...nextStep(migrations),
  ]
}

/** More than these are told only where there is something to tell. */
const mostExact = 20

const mostLosses = 12

/** The colour of a verdict. */
function paintVerdict(verdict: Verdict, colors: Colors): string {
  const paint = { exact: colors.green, lossy: colors.yellow, irreversible: colors.red, fails: colors.red }[verdict]
  return paint(verdict.padEnd(12))
}

function migrationLines(one: VerifiedMigration, colors: Colors): readonly string[] {
  const accepted = one.verdict !== 'exact' && one.unaccepted.length === 0 ? colors.dim('  (accepted)') : ''
  const shown = one.losses.slice(0, mostLosses)
  return [
    `${paintVerdict(one.verdict, colors)} ${one.name}${accepted}`,
    ...noWayBack(one).map((reason) => `    ${reason}`),
    ...one.breaking.flatMap(({ rows, object, error, sql }) => [
      `    stops at ${rows} in ${object}${error === undefined ? '' : `: ${error.message} (SQLSTATE ${error.sqlstate})`}`,
      colors.dim(`      find them: ${sql}`),
    ]),
    ...shown.map(({ object, rows, reason, keys = [] }) => {
      const count = rows === 0 ? '' : ` (${rowCount(rows)}${keys.length === 0 ? '' : `: ${keys.join(' · ')}`})`
      return `    ${object}${object === '' ? '' : ': '}${reason}${colors.dim(count)}`
    }),
    ...(one.losses.length > shown.length ? [`    … and ${String(one.losses.length - shown.length)} more`] : []),
    ...one.volatile.map((column) => colors.dim(`    ${column} gets another value each time the migration runs`)),
    ...one.notes.map((note) => colors.dim(`    note: ${note}`)),
  ]
}

/** The reason without what the rows say that break it: they have lines of their own. */
function noWayBack({ reason, breaking }: VerifiedMigration): readonly string[] {
  if (reason === undefined) return []
  return reason.split('; ').filter((part) => !breaking.some(({ rows, object }) => part.startsWith(`it stops at ${rows} in ${object}`)))
}

function stoppedLines(stopped: Verification['stopped'], colors: Colors): readonly string[] {
  if (stopped === undefined) return []
  const { message, why, fix } = stopped.reason.details
  return [
    colors.red(`Stopped at ${stopped.migration}: what follows stands on it.`),
    ...[message, why, fix].flatMap((line) => (line === undefined ? [] : [`  ${line}`])),
  ]
}

function nextStep(migrations: readonly VerifiedMigration[]): readonly string[] {
  const open = migrations.filter(({ unaccepted }) => unaccepted.length > 0)
  if (open.length === 0) return []
  const words = new Set(open.flatMap(({ unaccepted }) => unaccepted))
  return [
    `${migrationCount(open.length)} with something that nobody has accepted. Mend it, or accept it in the head of its migration.sql:`,
    ...[...words].map((word) => `  -- tide: allow ${word} reason="…"`),
  ]
}

function migrationCount(count: number): string {
  return count === 1 ? '1 migration' : `${String(count)} migrations`
}

function rowCount(rows: number): string {
  return rows === 1 ? '1 row' : `${rows.toLocaleString('en')} rows`
}
