import { createHash } from 'node:crypto'
import { isFailure } from '../../errors/failure.ts'
import { withConnection } from '../../postgres/connect.ts'
import { withDatabase } from '../../postgres/database-url.ts'
import { inTransaction } from '../../postgres/in-transaction.ts'
import { resultsNamespace } from '../../postgres/rehearsal/rehearsal-names.ts'
import { createRehearsals } from '../../postgres/rehearsal/rehearsals.ts'
import { isConnectionLoss, sqlstateOf } from '../../postgres/sqlstate.ts'
import type { SeedResult } from '../seed-result.ts'
import type { SeedScene } from '../seed-synthetic.ts'
import { readPlace, type TablesOfRun } from './read-place.ts'
import { takeResult, writeResult } from './result-table.ts'
import { resultKey, runKey, type WantedRows } from './result-key.ts'
import { writeBooks } from './write-books.ts'

/** Results of earlier runs on the embedded server, for one run. */
export interface KeptResults extends AsyncDisposable {
  /**
   * Puts a copy of the result of an earlier run in the place of the database.
   * @returns what that run did; undefined where there is none, or where anything would be lost or disturbed:
   * then the database is as it was
   */
  restore(): Promise<SeedResult | undefined>
  /**
   * Keeps what the run has made, for others; where anybody else was connected meanwhile it is not kept.
   * @param sessions how many the run has had in the database since `restore`
   */
  keep(result: SeedResult, sessions: number): Promise<void>
}

/** Whether the result of a run may be kept at all: a whole and pinned state of an embedded database is asked for. */
export function isKeepable({ options, environment }: SeedScene): boolean {
  const { project, database, dryRun = false, to, from } = options
  const isOwn = project.database.kind === 'embedded' && project.database.name === database.database
  return isOwn && !dryRun && to === undefined && from === undefined && environment.clock !== 'rolling'
}

/**
 * Results that are what this run would make; undefined where that cannot be known. Close it when done: `await using`.
 * @param tables those that the run empties, and those that may hold rows of reference data
 */
export function openKeptResults(
  scene: SeedScene,
  wanted: WantedRows,
  tables: TablesOfRun,
): KeptResults | undefined {
  const run = runKey(scene, wanted)
  if (run === undefined) return undefined
  const { database, project, signal, report } = scene.options
  const namespace = resultsNamespace(createHash('sha256').update(project.directory).digest('hex'))
  const rehearsals = createRehearsals({ server: withDatabase(database, 'postgres'), namespace, limit: mostResults })
  /** What will name this result, and the sessions that the database had had by then; undefined: not to be kept. */
  let begun: { readonly key: string; readonly sessions: number } | undefined

  const restore = async (): Promise<SeedResult | undefined> => {
    const before = await rehearsals.countSessions(database.database)
    if (before === undefined) return undefined
    const place = await withConnection(database, (connection) =>
      inTransaction(connection, () => readPlace(connection, tables)),
    )
    if (place === undefined) return undefined
    const key = resultKey(run, place)
    const sessions = before + 1
    begun = { key, sessions }
    if (!(await rehearsals.has(key))) return undefined
    report?.({ stage: 'copying the result of an earlier run' })
    await using copy = await rehearsals.clone(key)
    const result = await withConnection(copy.url, async (connection) => {
      await writeBooks(connection, place.books)
      return takeResult(connection)
    })
    if (result === undefined) return undefined
    signal?.throwIfAborted()
    if (await rehearsals.replace(database.database, copy, sessions)) return result
    begun = undefined
    return undefined
  }

  return {
    restore: () => unlessRefused(restore),
    keep: async (result, sessions) => {
      if (begun === undefined) return
      const { key, sessions: before } = begun
      await unlessRefused(async () => {
        await using copy = await rehearsals.copyQuiet(database.database, before + sessions)
        if (copy === undefined) return
        await withConnection(copy.url, (connection) => writeResult(connection, result))
        await rehearsals.keep(copy, key)
      })
    },
    [Symbol.asyncDispose]: () => rehearsals[Symbol.asyncDispose](),
  }
}

/** Of each project. The least recently used one goes first. */
const mostResults = 8

/** No run fails because there was no room for a copy or no right to make one: it is done the usual way. */
async function unlessRefused<Result>(run: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await run()
  } catch (error) {
    if (isFailure(error) || isConnectionLoss(error) || sqlstateOf(error) !== undefined) return undefined
    throw error
  }
}
