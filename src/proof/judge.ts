import { spokenName, splitName } from '../postgres/catalog/names.ts'
import { sqlstate } from '../postgres/sqlstate.ts'
import type { ScriptError } from './arena/script.ts'
import { structuralLosses } from './losses/structural-losses.ts'
import { rowLosses } from './losses/row-losses.ts'
import { compareClaims, untoldLosses } from './losses/compare-claims.ts'
import type { Measured } from './measured.ts'
import type { Loss, TriedHazard, Verdict } from './proof.ts'

/** What is known of a migration besides what was measured. */
export interface Known {
  readonly hasDown: boolean
  /** Why its `down.sql` calls itself incomplete. */
  readonly claims: readonly string[]
  /** What no rollback takes back, and no rehearsal sees. */
  readonly beyond: readonly string[]
}

/** A verdict with its grounds. */
export interface Judgement {
  readonly verdict: Verdict
  readonly losses: readonly Loss[]
  readonly reasons: readonly string[]
  readonly volatile: readonly string[]
  readonly notes: readonly string[]
}

/** The verdict that a rehearsal leads to. Pure. */
export function judge(measured: Measured, known: Known): Judgement {
  const { back } = measured
  const found =
    back === undefined ? [] : [...structuralLosses(back.catalog), ...rowLosses(back.rows), ...(back.numbers ?? [])]
  const elsewhere = found.length === 0 ? structuralLosses(measured.repeated?.catalog ?? []).map(secondTime) : []
  const compared = compareClaims([...found, ...elsewhere], back === undefined ? [] : known.claims)
  const losses = [...compared.losses, ...untoldLosses(measured.unshown ?? [], compared.losses, known.claims)]
  const failures = failuresOf(measured)
  const noWayBack = irreversibleReasons(measured, known)
  return {
    verdict: worst(failures, noWayBack, losses),
    losses,
    reasons: [...failures, ...noWayBack],
    volatile: found.length === 0 ? volatileOf(measured) : [],
    notes: [
      ...compared.notes,
      ...(measured.taken ?? []).map(({ object, reason }) => `${object}: after the migration ${reason}`),
      ...emptyTables(measured),
    ],
  }
}

/** Tables of which the migration asks something, and no row could show what comes of it. */
function emptyTables({ unfilled, hazards }: Measured): readonly string[] {
  const isAsked = (table: string): boolean =>
    hazards.some(({ object }) => object === table || object.startsWith(`${table}.`) || object.startsWith(`${table} (`))
  return [...unfilled]
    .filter(([table]) => isAsked(table))
    .map(([table, reason]) => `${table} could be given no rows, so that nothing was tried on it: ${reason}`)
}

function worst(failures: readonly string[], noWayBack: readonly string[], losses: readonly Loss[]): Verdict {
  if (failures.length > 0) return 'fails'
  if (noWayBack.length > 0) return 'irreversible'
  return losses.length > 0 ? 'lossy' : 'exact'
}

function failuresOf(measured: Measured): readonly string[] {
  const { up, hazards, together, data, dataBack, down, again, dataAgain } = measured
  return [
    ...(up === undefined ? [] : [`${stopsAtRows(up) ? 'it stops at ordinary rows' : 'it does not run'}: ${said(up)}`]),
    ...hazards.filter(({ outcome }) => outcome === 'breaks').map(breaking),
    ...(together === undefined ? [] : [`it stops at rows of several kinds together: ${said(together)}`]),
    ...(data === undefined ? [] : [`its data step fails: ${data}`]),
    ...(dataBack === undefined ? [] : [`its data step cannot be taken back: ${dataBack}`]),
    ...(down === undefined || isRefusal(down)
      ? []
      : [`its down.sql ${stopsAtRows(down) ? 'stops at ordinary rows' : 'does not run'}: ${said(down)}`]),
    ...(again === undefined ? [] : [`after its rollback it cannot be applied again: ${said(again)}`]),
    ...(dataAgain === undefined ? [] : [`after its rollback its data step fails: ${dataAgain}`]),
  ]
}

/** More rows than one where one is asked for, a value, or a constraint: SQLSTATE classes 21, 22 and 23. */
function stopsAtRows({ sqlstate: code }: ScriptError): boolean {
  return /^2[123]/.test(code)
}

function breaking({ rows, object, error }: TriedHazard): string {
  const why = error === undefined ? '' : `: ${error.message} (SQLSTATE ${error.sqlstate}, line ${String(error.line)})`
  return `it stops at ${rows} in ${object}${why}`
}

function irreversibleReasons({ down, noWayBack }: Measured, { hasDown, beyond }: Known): readonly string[] {
  return [
    ...(hasDown ? [] : ['there is no down.sql']),
    ...(noWayBack === undefined ? [] : [`its data step has no way back: ${noWayBack}`]),
    ...(down !== undefined && isRefusal(down) ? [`its down.sql refuses: ${down.message}`] : []),
    ...beyond,
  ]
}

/** `RAISE EXCEPTION`: somebody wrote down that there is no way back. */
function isRefusal(error: ScriptError): boolean {
  return error.sqlstate === sqlstate.raisedException
}

function said({ message, sqlstate: code, line }: ScriptError): string {
  return `${message} (SQLSTATE ${code}, line ${String(line)})`
}

function secondTime(loss: Loss): Loss {
  return { ...loss, reason: `applied again, the migration leads elsewhere: ${loss.reason}` }
}

/** Where the database stood as before, and the second run made something else of it, the migration itself differs. */
function volatileOf({ repeated }: Measured): readonly string[] {
  return (repeated?.rows ?? []).flatMap(({ table, columns, gone, added }) => {
    const parts = splitName(table)
    const changed = columns.map(({ column }) => spokenName([...parts, column]))
    return [...(gone + added > 0 ? [spokenName(parts)] : []), ...changed]
  })
}
