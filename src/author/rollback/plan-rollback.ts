import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { describeDifference } from '../../postgres/catalog/describe-difference.ts'
import { type Identity, readIdentities } from '../../postgres/catalog/identities.ts'
import { readCatalog } from '../../postgres/catalog/read-catalog.ts'
import type { Connection } from '../../postgres/connect.ts'
import { readArchives } from '../archive/read-archives.ts'
import { concurrently } from './concurrently.ts'
import { deleteInsertedRows, type RowDeletion } from './delete-inserted-rows.ts'
import { findReasons } from './find-reasons.ts'
import { gentleSteps } from './gentle-steps.ts'
import { plainName } from './lost-objects.ts'
import { planRest } from './plan-rest.ts'
import { dropArchives, guardArchives } from './restore/guard.ts'
import { keptNames, knownArchives } from './restore/archived-table.ts'
import { findRenames, reverseRenames } from './reverse-renames.ts'
import type { PlannedRollback, RollbackInput } from './rollback.ts'
import { attempt, type Attempt } from './try-statements.ts'

/**
 * Finds the way back from where a script has led, and goes it: at the end the database stands where it stood before.
 * Runs inside the caller's transaction, on a rehearsal. First go the rows that the script inserted, then come the
 * author's own statements, then renames in reverse, then whatever else differs.
 */
export async function planRollback(connection: Connection, input: PlanInput): Promise<PlannedRollback> {
  const ended = await readIdentities(connection)
  const archives = knownArchives(readArchives(input.up, input.schema), input.before.catalog)
  const guards = archives.length === 0 ? [] : [guardArchives(archives)]
  const guarded = await attempt(connection, guards, never)
  const deletions = await deleteRows(connection, input)
  const hinted = await attempt(connection, input.hints?.statements ?? [], never)
  const present = kept(hinted).length === 0 ? ended : await readIdentities(connection)
  const renamed = await undoRenames(connection, present, input)
  const settled = kept(renamed).length === 0 ? present : await readIdentities(connection)
  const isMoved = kept(hinted).length + kept(renamed).length > 0
  const moved = (isMoved ? undefined : input.catalog) ?? (await readCatalog(connection, { again: true }))
  const gentle = await goGently(connection, moved, input.before.catalog)
  const first = [...guards, ...deletions.map(({ sql }) => sql), ...kept(hinted), ...kept(renamed), ...gentle]
  const now = gentle.length === 0 ? moved : await readCatalog(connection, { again: true })
  const rest = await planRest(connection, { now, ended, settled }, input, archives)
  const dropped = await attempt(connection, dropArchives(archives), never)
  return {
    statements: concurrently([...first, ...rest.statements, ...kept(dropped)], input.up, input.schema),
    incomplete: [
      ...problemOf('the check of the archive', guarded),
      ...problemOf('the statements handed in', hinted),
      ...findReasons({
        input,
        ended,
        now,
        undone: new Set(deletions.map(({ insert }) => insert)),
        archived: keptNames(archives, input.before.catalog),
      }),
      ...problemOf('renaming back', renamed),
      ...rest.lost,
      ...problemOf('it', rest),
      ...left(rest),
    ],
    isBack: rest.error === undefined && rest.differences.length === 0,
    differences: rest.differences,
  }
}

/** With the catalog as the script has left it, where the caller has read it already. */
type PlanInput = RollbackInput & { readonly catalog?: Catalog }

const never = (): Promise<readonly never[]> => Promise.resolve([])

/** For tables that were there before: of others the rows go with the table. */
async function deleteRows(connection: Connection, input: PlanInput): Promise<readonly RowDeletion[]> {
  if (!input.up.some(({ kind }) => kind === 'InsertStmt')) return []
  const catalog = input.catalog ?? (await readCatalog(connection, { again: true }))
  const there = new Set(input.before.identities.filter(({ kind }) => kind === 'table').map(plainName))
  const deletions = deleteInsertedRows(input.up, catalog, input.schema).filter(({ table }) => there.has(table))
  const outcome = await attempt(connection, deletions.map(({ sql }) => sql), never)
  return outcome.error === undefined ? deletions : []
}

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

/** Those that the server takes. */
async function goGently(connection: Connection, now: Catalog, before: Catalog): Promise<readonly string[]> {
  const done: string[] = []
  for (const step of gentleSteps(now, before)) done.push(...kept(await attempt(connection, [step], never)))
  return done
}

function problemOf(what: string, { error }: Attempt): readonly string[] {
  return error === undefined ? [] : [`${what} failed in the rehearsal: ${error}`]
}

function left({ differences, error }: Attempt): readonly string[] {
  return error === undefined ? differences.map((one) => `not as before: ${describeDifference(one)}`) : []
}
