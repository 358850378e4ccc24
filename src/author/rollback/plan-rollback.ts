import { compareCatalogs } from '../../postgres/catalog/compare-catalogs.ts'
import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { describeDifference } from '../../postgres/catalog/describe-difference.ts'
import { type Identity, readIdentities } from '../../postgres/catalog/identities.ts'
import { readCatalog } from '../../postgres/catalog/read-catalog.ts'
import type { Connection } from '../../postgres/connect.ts'
import { readCasts } from './casts.ts'
import { conversionsByOldName } from './original-names.ts'
import { concurrently } from './concurrently.ts'
import { planDirectly } from './direct/plan-directly.ts'
import { findReasons } from './find-reasons.ts'
import { planByFacts } from './plan-by-facts.ts'
import { replacedColumns } from './replaced-columns.ts'
import { findRenames, reverseRenames } from './reverse-renames.ts'
import type { PlannedRollback, RollbackInput } from './rollback.ts'
import { attempt, type Attempt } from './try-statements.ts'

/**
 * Finds the way back from where a script has led, and goes it: at the end the database stands where it stood before.
 * Runs inside the caller's transaction, on a rehearsal. First the author's own statements, then renames in reverse,
 * then whatever else differs: planned from the two catalogs where those say enough, else by the second reader.
 * `catalog` is the database as the script has left it, where the caller has read it already.
 */
export async function planRollback(
  connection: Connection,
  input: RollbackInput & { readonly catalog?: Catalog },
): Promise<PlannedRollback> {
  const ended = await readIdentities(connection)
  const hinted = await attempt(connection, input.hints?.statements ?? [], never)
  const hints = hinted.error === undefined ? (input.hints?.statements ?? []) : []
  const present = hints.length === 0 ? ended : await readIdentities(connection)
  const renamed = await undoRenames(connection, present, input)
  const isMoved = hints.length + renamed.length > 0
  const now = (isMoved ? undefined : input.catalog) ?? (await readCatalog(connection, { again: true }))
  const rest = await planRest(
    connection,
    { now, ended, replaced: replacedColumns(input.before.identities, present) },
    input,
  )
  const statements = [...hints, ...renamed, ...rest.statements]
  const reasons = findReasons({ input, ended, now })
  return {
    statements: concurrently(statements, input.up, input.schema),
    incomplete: [...problemOf('the statements handed in', hinted), ...reasons, ...problemOf('it', rest), ...left(rest)],
    isBack: rest.error === undefined && rest.differences.length === 0,
    differences: rest.differences,
  }
}

const never = (): Promise<readonly never[]> => Promise.resolve([])

async function undoRenames(
  connection: Connection,
  present: readonly Identity[],
  input: RollbackInput,
): Promise<readonly string[]> {
  const statements = reverseRenames(findRenames(input.before.identities, present), present)
  const outcome = await attempt(connection, statements, never)
  return outcome.error === undefined ? statements : []
}

interface Present {
  readonly now: Catalog
  /** Before the renames were taken back. */
  readonly ended: readonly Identity[]
  readonly replaced: ReadonlySet<string>
}

/** The direct plan where it works, else that of the second reader. */
async function planRest(
  connection: Connection,
  { now, ended, replaced }: Present,
  input: RollbackInput,
): Promise<Attempt> {
  const before = input.before.catalog
  const differences = compareCatalogs(now, before)
  if (differences.length === 0) return { statements: [], differences: [] }
  const compare = async (): Promise<Attempt['differences']> => compareCatalogs(before, await readCatalog(connection, { again: true }))
  const casts = { assignable: await readCasts(connection, now, before), zoned: zonedColumns(input, ended) }
  const direct = planDirectly({ now, before, replaced, casts })
  if (direct !== undefined) {
    const outcome = await attempt(connection, direct, compare)
    if (outcome.error === undefined && outcome.differences.length === 0) return outcome
  }
  return planByFacts(connection, { now, before: input.before, compare })
}

function zonedColumns(input: RollbackInput, ended: readonly Identity[]): ReadonlySet<string> {
  const conversions = [...conversionsByOldName(input, ended)]
  return new Set(conversions.filter(([, { how }]) => how === 'zoned').map(([name]) => name))
}

function problemOf(what: string, { error }: Attempt): readonly string[] {
  return error === undefined ? [] : [`${what} failed in the rehearsal: ${error}`]
}

function left({ differences, error }: Attempt): readonly string[] {
  return error === undefined ? differences.map((one) => `not as before: ${describeDifference(one)}`) : []
}
