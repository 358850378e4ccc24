import { withConnection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { markUnconfirmed } from './environments/errors.ts'
import { readMarker, writeMarker } from './environments/marker.ts'

/** What was marked. */
export interface MarkResult {
  readonly environment: string
  readonly database: string
  /** What it was marked as before. */
  readonly before: string | undefined
}

/**
 * Writes into a database which environment it is: from then on that counts, and no other evidence.
 * @param confirm the database's name, typed again
 * @throws SEED_MARK_UNCONFIRMED
 */
export async function markDatabase(
  database: DatabaseUrl,
  environment: string,
  confirm: string | undefined,
): Promise<MarkResult> {
  if (confirm !== database.database) throw markUnconfirmed(environment, database.database, confirm)
  return withConnection(database, async (connection) => {
    const before = await readMarker(connection)
    await writeMarker(connection, environment)
    return { environment, database: database.database, before }
  })
}
