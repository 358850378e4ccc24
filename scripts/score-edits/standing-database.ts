import type { StartingPoint } from '../../src/author/starting-point.ts'
import type { Connection } from '../../src/postgres/connect.ts'
import { quoteIdentifier } from '../../src/postgres/quote.ts'
import { liveCatalog } from '../../src/prisma/catalog-source.ts'
import { readStartFacts } from '../../src/author/start-facts.ts'

/** A database that can be put at a schema again and again, without making a new one each time. */
export interface StandingDatabase {
  /** Empties the database and runs the script, where it does not stand there untouched already. */
  standAt(script: string): Promise<void>
  /** What the planner starts from; taking its session counts as a change. */
  start(): StartingPoint
  run(sql: string): Promise<void>
  /** Says that it stands at what this script makes, as far as Prisma's engine can tell. */
  standsAt(script: string): void
}

/** Uses the database of this session; whatever it holds is dropped. */
export function createStandingDatabase(connection: Connection): StandingDatabase {
  let standing: string | undefined
  return {
    standAt: async (script) => {
      if (standing === script) return
      await empty(connection)
      await connection.query(script)
      standing = script
    },
    start: () => ({
      catalog: liveCatalog(connection, 'public'),
      facts: () => readStartFacts(connection),
      open: () => {
        standing = undefined
        return Promise.resolve(connection)
      },
    }),
    run: async (sql) => {
      standing = undefined
      await connection.query(sql)
    },
    standsAt: (script) => {
      standing = script
    },
  }
}

async function empty(connection: Connection): Promise<void> {
  // A script that failed inside its own BEGIN leaves the session in that transaction.
  await connection.query('ROLLBACK')
  const { rows } = await connection.query<{ name: string }>(schemasQuery)
  for (const { name } of rows) await connection.query(`DROP SCHEMA ${quoteIdentifier(name)} CASCADE`)
  await connection.query('CREATE SCHEMA public')
}

const schemasQuery = `SELECT nspname AS name FROM pg_namespace
  WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'`
