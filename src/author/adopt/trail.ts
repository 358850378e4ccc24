import { readStructureFacts, type StructureFacts } from '../../postgres/catalog/structure-facts.ts'
import { connect, type Connection } from '../../postgres/connect.ts'
import { runScript } from '../../postgres/statements/run-script.ts'
import type { Migration } from '../../history/read-history.ts'
import type { Standing } from '../rollback/rollback.ts'

/**
 * A second rehearsal that follows the first at a distance: it still stands before a migration that the first has
 * already applied, which is where the second reader has to look. Most migrations do not need it, so it comes after
 * only when it is asked.
 */
export interface Trail extends AsyncDisposable {
  /** @param position which migration of the history, from 0; never less than before */
  factsBefore(position: number): Promise<StructureFacts>
}

/** Walks a rehearsal along the history, one migration at a time. */
export function createTrail(input: {
  readonly start: () => Promise<Standing>
  readonly history: readonly Migration[]
}): Trail {
  let place: Promise<{ rehearsal: Standing; connection: Connection }> | undefined
  let applied = 0
  const open = async (): Promise<{ rehearsal: Standing; connection: Connection }> => {
    const rehearsal = await input.start()
    return { rehearsal, connection: await connect(rehearsal.url) }
  }
  return {
    async factsBefore(position) {
      const { connection } = await (place ??= open())
      for (const migration of input.history.slice(applied, position)) {
        await runScript(connection, migration.sql, migration.name)
        applied++
      }
      return readStructureFacts(connection)
    },
    async [Symbol.asyncDispose]() {
      if (place === undefined) return
      const { connection, rehearsal } = await place
      await connection.end()
      await rehearsal.drop()
    },
  }
}
