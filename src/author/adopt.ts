import { isFailure, type Failure } from '../errors/failure.ts'
import { withConnection } from '../postgres/connect.ts'
import { type Migration, readHistory } from '../history/read-history.ts'
import { adoptMigration, type AdoptedMigration } from './adopt/adopt-migration.ts'
import { createStanding } from './adopt/standing.ts'
import { createTrail } from './adopt/trail.ts'
import type { Standing } from './rollback/rollback.ts'

/** What `adopt` needs: the history, and where it may be replayed. */
export interface AdoptInput {
  /** The history, or the folder to read it from. */
  readonly history: readonly Migration[] | { readonly migrationsDirectory: string }
  /** Where throw-away databases come from; a clone of nothing is empty. */
  readonly rehearsals: { clone(template: undefined): Promise<Standing> }
  readonly report?: (event: { stage: string; done?: number; total?: number; detail?: string }) => void
  /** Stops between two migrations; what was written stays, and the next run goes on from there. */
  readonly signal?: AbortSignal
  /** Milliseconds of a clock that only goes forward. */
  readonly clock?: () => number
}

/** What became of each migration of the history. */
export interface Adoption {
  readonly migrations: readonly AdoptedMigration[]
  /** Why it ended before the last migration: one does not run in the rehearsal, or the caller asked for it. */
  readonly stopped?: { readonly migration: string; readonly reason: Failure | 'aborted' }
  readonly ms: number
}

/**
 * Writes the rollback of every migration that has none, by replaying the history from an empty database and trying each
 * way back. Never overwrites a `down.sql`. Where a migration does not run (its extension is missing on the server, the
 * history is broken there) it stops: what follows stands on it.
 */
export async function adopt(input: AdoptInput): Promise<Adoption> {
  const clock = input.clock ?? (() => performance.now())
  const begin = clock()
  const history = 'migrationsDirectory' in input.history ? await readHistory(input.history.migrationsDirectory) : input.history
  const migrations: AdoptedMigration[] = []
  const end = (stopped?: Adoption['stopped']): Adoption => ({
    migrations,
    ...(stopped === undefined ? {} : { stopped }),
    ms: Math.round(clock() - begin),
  })
  const database = await input.rehearsals.clone(undefined)
  await using trail = createTrail({ start: () => input.rehearsals.clone(undefined), history })
  try {
    return await withConnection(database.url, async (connection) => {
      const standing = createStanding(connection)
      for (const [position, migration] of history.entries()) {
        input.report?.({ stage: 'writing rollbacks', done: position, total: history.length, detail: migration.name })
        if (input.signal?.aborted === true) return end({ migration: migration.name, reason: 'aborted' })
        try {
          const facts = (): ReturnType<typeof trail.factsBefore> => trail.factsBefore(position)
          migrations.push(await adoptMigration({ connection, schema: database.url.schema, migration, standing, facts }))
        } catch (error) {
          if (!isFailure(error)) throw error
          return end({ migration: migration.name, reason: error })
        }
      }
      input.report?.({ stage: 'writing rollbacks', done: history.length, total: history.length })
      return end()
    })
  } finally {
    await database.drop()
  }
}
