import { withConnection } from '../connect.ts'
import type { DatabaseUrl } from '../database-url.ts'
import { quoteIdentifier } from '../quote.ts'

/**
 * Drops the subscriptions of a rehearsal: PostgreSQL drops no database that has one, and a copy has none anyway. Each
 * lets go of its slot first, which lies on another server and is nobody's business here.
 */
export async function dropSubscriptions(database: DatabaseUrl, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await withConnection(database, async (connection) => {
    for (const name of names.map(quoteIdentifier)) {
      await connection.query(`ALTER SUBSCRIPTION ${name} DISABLE`)
      await connection.query(`ALTER SUBSCRIPTION ${name} SET (slot_name = NONE)`)
      await connection.query(`DROP SUBSCRIPTION ${name}`)
    }
  })
}
