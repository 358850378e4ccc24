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
import { findLostObjects } from './lost-objects.ts'
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
  const present = kept(hinted).length === 0 ? ended : await readIdentities(connection)
  const renamed = await undoRenames(connection, present, input)
  const settled = kept(renamed).length === 0 ? present : await readIdentities(connection)
  const first = [...kept(hinted), ...kept(renamed)]
  const now = (first.length > 0 ? undefined : input.catalog) ?? (await readCatalog(connection, { again: true }))
  const rest = await planRest(connection, { now, ended, settled }, input)
  return {
    statements: concurrently([...first, ...rest.statements], input.up, input.schema),
    incomplete: [
      ...problemOf('the statements handed in', hinted),
      ...findReasons({ input, ended, now }),
      ...problemOf('renaming back', renamed),
      ...rest.lost,
      ...problemOf('it', rest),
      ...left(rest),
    ],
    isBack: rest.error === undefined && rest.differences.length === 0,
    differences: rest.differences,
  }
}

const never = (): Promise<readonly never[]> => Promise.resolve([])

/** What did not run is no part of the rollback. */
function kept({ statements, error }: Attempt): readonly string[] {
  return error === undefined ? statements : []
}

function undoRenames(
  connection: Connection,
  present: readonly Identity[],
  input: RollbackInput,
): Promise<Attempt> {
  const statements = reverseRenames(findRenames(input.before.identities, present), present)
  return attempt(connection, statements, never)
}

interface Present {
  readonly now: Catalog
  /** As the script left it, and with hints and renames done. */
  readonly ended: readonly Identity[]
  readonly settled: readonly Identity[]
}

/** A way back with what it costs itself. */
interface Rest extends Attempt {
  readonly lost: readonly string[]
}

/** The direct plan where it works, else that of the second reader. */
async function planRest(connection: Connection, present: Present, input: RollbackInput): Promise<Rest> {
  const before = input.before.catalog
  const { now, settled } = present
  if (compareCatalogs(now, before).length === 0) return { statements: [], differences: [], lost: [] }
  const compare = async (): Promise<Attempt['differences']> =>
    compareCatalogs(before, await readCatalog(connection, { again: true }))
  const casts = { assignable: await readCasts(connection, now, before), zoned: zonedColumns(input, present.ended) }
  const replaced = replacedColumns(input.before.identities, settled)
  const direct = planDirectly({ now, before, replaced, casts })
  if (direct !== undefined) {
    const outcome = await attempt(connection, direct, compare)
    if (outcome.error === undefined && outcome.differences.length === 0) return { ...outcome, lost: [] }
  }
  const outcome = await planByFacts(connection, { now, before: input.before, compare })
  return { ...outcome, lost: lostOnTheWay(input.before.identities, settled, await readIdentities(connection)) }
}

/** pg-delta makes a few things anew that it has no ALTER for: what they held was there until then. */
function lostOnTheWay(
  before: readonly Identity[],
  settled: readonly Identity[],
  back: readonly Identity[],
): readonly string[] {
  const there = new Set(settled.map(({ id }) => id))
  const { tables, columns } = findLostObjects(before.filter(({ id }) => there.has(id)), back)
  return [
    ...tables.map((name) => `rows of ${name} are lost on the way back`),
    ...columns.map((name) => `values of ${name} are lost on the way back`),
  ]
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
