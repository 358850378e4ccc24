import type { Catalog } from '../postgres/catalog/catalog.ts'
import { compareCatalogs } from '../postgres/catalog/compare-catalogs.ts'
import { fillRehearsal } from '../seed/fill-rehearsal.ts'
import { findHazards } from './adversarial/find-hazards.ts'
import { tryHazards } from './adversarial/try-hazards.ts'
import type { Arena } from './arena/arena.ts'
import type { Script } from './arena/script.ts'
import type { Difference, Measured } from './measured.ts'
import { compareRows } from './snapshot/compare-rows.ts'
import { readSnapshot } from './snapshot/read-snapshot.ts'
import type { Snapshot } from './snapshot/snapshot.ts'

/** What is rehearsed. */
export interface Rehearsed {
  readonly up: Script
  /** Undefined where there is no rollback. */
  readonly down: Script | undefined
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
 * Fills the arena, adds rows that may break the migration, then goes up, down and up again, and compares structure and
 * rows at each step.
 */
export async function rehearseMigration(arena: Arena, rehearsed: Rehearsed): Promise<Measured> {
  const { up, down, rows, catalog, schema } = rehearsed
  const fill = { rows, seed: 'proof', now: rehearsalNow }
  const { tables, skipped } = await arena.change((connection) => fillRehearsal(connection, fill))
  const hazards = await findHazards(up.statements, tables, schema)
  if (hazards.length > 0) await arena.mark()
  let before: Snapshot = { catalog: { objects: [] }, tables: [] }
  const look = async (): Promise<void> => {
    before = await readSnapshot(arena.connection, catalog)
  }
  const { stopped, ...tried } = await tryHazards(arena, { up, hazards, tables, look })
  const found = { unfilled: skipped, ...tried }
  if (stopped !== undefined) return { ...found, up: stopped }
  if (down === undefined) return found
  const after = await readSnapshot(arena.connection)
  const stuck = await arena.run(down)
  if (stuck !== undefined) return { ...found, down: stuck }
  const back = differenceOf(before, await readSnapshot(arena.connection))
  const again = await arena.run(up)
  if (again !== undefined) return { ...found, back, again }
  return { ...found, back, repeated: differenceOf(after, await readSnapshot(arena.connection)) }
}

function differenceOf(one: Snapshot, other: Snapshot): Difference {
  return {
    catalog: compareCatalogs(one.catalog, other.catalog),
    rows: compareRows(one.tables, other.tables),
  }
}
