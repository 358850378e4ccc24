import type { RehearsalTime, RehearsedStep } from '../data/rehearsed-step.ts'
import { mayTakeAway, namesBefore, takenAway } from '../author/rollback/taken-away.ts'
import { Bug } from '../errors/bug.ts'
import type { Catalog } from '../postgres/catalog/catalog.ts'
import { compareCatalogs } from '../postgres/catalog/compare-catalogs.ts'
import { type Identity, readIdentities } from '../postgres/catalog/identities.ts'
import { fillRehearsal } from '../seed/fill-rehearsal.ts'
import { findHazards } from './adversarial/find-hazards.ts'
import { tryHazards } from './adversarial/try-hazards.ts'
import type { Arena } from './arena/arena.ts'
import type { Script } from './arena/script.ts'
import { numberLosses } from './losses/number-losses.ts'
import { type SeenRows, unshownLosses } from './losses/unshown.ts'
import type { Difference, Measured } from './measured.ts'
import type { Loss } from './proof.ts'
import { compareRows } from './snapshot/compare-rows.ts'
import { refreshViews } from './refresh-views.ts'
import { readSnapshot } from './snapshot/read-snapshot.ts'
import type { Snapshot } from './snapshot/snapshot.ts'

/** What is rehearsed. */
export interface Rehearsed {
  readonly up: Script
  /** Undefined where there is no rollback. */
  readonly down: Script | undefined
  /** Its data step, where it has one: it needs an arena that other sessions find. */
  readonly step: RehearsedStep | undefined
  /** Rows that each table is given. */
  readonly rows: number
  /** The catalog of the arena as it is. */
  readonly catalog: Catalog
  /** Where names without a schema are looked for. */
  readonly schema: string
}

/** The moment at which all rehearsals take place: part of the rows, which must be the same on every machine. */
const rehearsalNow = Date.UTC(2026, 0, 15)

/**
 * Fills the arena, adds rows that may break the migration, then goes up, down and up again, each with the data step,
 * and compares structure and rows at each step.
 */
export async function rehearseMigration(arena: Arena, rehearsed: Rehearsed): Promise<Measured> {
  const { up, down, step, rows, catalog, schema } = rehearsed
  const fill = { rows, seed: 'proof', now: rehearsalNow }
  const { tables, skipped } = await arena.change((connection) => fillRehearsal(connection, fill))
  const hazards = await findHazards(up.statements, tables, schema)
  if (hazards.length > 0) await arena.mark()
  let before: Snapshot = { catalog: { objects: [] }, tables: [], numbers: [] }
  const identities = await identitiesWhere(mayTakeAway(up.statements), arena)
  const look = async (): Promise<void> => {
    await arena.change((connection) => refreshViews(connection, catalog))
    before = await readSnapshot(arena.connection, catalog)
  }
  const { stopped, ...tried } = await tryHazards(arena, { up, hazards, tables, look })
  const found = { unfilled: skipped, ...tried }
  if (stopped !== undefined) return { ...found, up: stopped }
  const data = await moveRows(arena, step, 'up', 'first')
  if (data !== undefined) return { ...found, data }
  const way = step?.noWayBack === undefined ? found : { ...found, noWayBack: step.noWayBack }
  if (down === undefined) return way
  const after = await readSnapshot(arena.connection)
  const unshown = identities === undefined ? [] : await findUnshown(arena, rehearsed, { before, after, identities })
  const dataBack = await moveRows(arena, step, 'down', 'first')
  if (dataBack !== undefined) return { ...way, dataBack }
  const stuck = await arena.run(down)
  if (stuck !== undefined) return { ...way, down: stuck }
  const back = differenceOf(before, await readSnapshot(arena.connection))
  const seen = { ...way, back, unshown, taken: numberLosses(before, after) }
  const again = await arena.run(up)
  if (again !== undefined) return { ...seen, again }
  const dataAgain = await moveRows(arena, step, 'up', 'second')
  if (dataAgain !== undefined) return { ...seen, dataAgain }
  return { ...seen, repeated: differenceOf(after, await readSnapshot(arena.connection)) }
}

/** Numbers of objects are read only where something may be gone: of most migrations nothing is. */
async function identitiesWhere(isAsked: boolean, { connection }: Arena): Promise<readonly Identity[] | undefined> {
  return isAsked ? readIdentities(connection) : undefined
}

async function findUnshown(
  { connection }: Arena,
  { up, schema }: Rehearsed,
  { before, after, identities }: Pick<SeenRows, 'before' | 'after'> & { readonly identities: readonly Identity[] },
): Promise<readonly Loss[]> {
  const ended = await readIdentities(connection)
  const taken = takenAway(up.statements, {
    schema,
    before: { catalog: before.catalog, identities },
    after: { catalog: after.catalog, identities: ended },
  })
  return unshownLosses(taken, { before, after, names: namesBefore(identities, ended) })
}

/** As `tide up` and `tide down` do between the two files. @returns why it failed */
async function moveRows(
  { database }: Arena,
  step: RehearsedStep | undefined,
  direction: 'up' | 'down',
  time: RehearsalTime,
): Promise<string | undefined> {
  if (step === undefined || (direction === 'down' && step.noWayBack !== undefined)) return undefined
  if (database === undefined) throw new Bug('A data step cannot be rehearsed within one transaction.')
  return step[direction](database, time)
}

function differenceOf(one: Snapshot, other: Snapshot): Difference {
  return {
    catalog: compareCatalogs(one.catalog, other.catalog),
    rows: compareRows(one.tables, other.tables),
    numbers: numberLosses(one, other),
  }
}
