import type { Migration } from '../history/read-history.ts'
import { mayLeaveSession, rehearseHistory, runMigration, type SaltedRehearsals } from '../history/replay.ts'
import type { Catalog } from '../postgres/catalog/catalog.ts'
import { readCatalog } from '../postgres/catalog/read-catalog.ts'
import { connect, type Connection } from '../postgres/connect.ts'
import type { Rehearsal } from '../postgres/rehearsal/rehearsals.ts'
import type { ProofPlace } from './prove-migration.ts'

/** A rehearsal that goes along a history, and stops before each migration that is to be proven. */
export interface Walk extends ProofPlace, AsyncDisposable {
  /** Applies what lies before a migration, told by its position in the history. Goes forward only. */
  goTo(position: number): Promise<void>
}

/**
 * Begins a walk before the first migration that is wanted, so that one database serves for all that follow: a copy
 * for each of them would cost far more than the migrations themselves.
 * @throws HISTORY_BROKEN, REHEARSAL_*
 */
export async function walkHistory(
  rehearsals: SaltedRehearsals,
  history: readonly Migration[],
  first: number,
): Promise<Walk> {
  const rehearsal = await rehearseHistory(rehearsals, history, { count: first })
  let reached = first
  let connection: Promise<Connection> | undefined
  let catalog: Promise<Catalog> | undefined
  const open = (): Promise<Connection> => (connection ??= connect(rehearsal.url))
  const close = async (): Promise<void> => {
    const one = await connection
    connection = undefined
    await one?.end()
  }
  return {
    schema: rehearsal.url.schema,
    connection: open,
    catalog: async () => (catalog ??= readCatalog(await open(), { again: true })),
    copy: async (): Promise<Rehearsal> => {
      await close()
      return rehearsals.copy(rehearsal)
    },
    goTo: async (position) => {
      for (const migration of history.slice(reached, position)) {
        await runMigration(await open(), migration)
        // With what it left in the session goes what was prepared there.
        if (mayLeaveSession(migration.sql)) await close()
        catalog = undefined
        reached++
      }
    },
    [Symbol.asyncDispose]: async () => {
      await close()
      await rehearsal.drop()
    },
  }
}
