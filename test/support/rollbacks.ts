import { computeRollback, type Rollback } from '../../src/author/rollback/compute-rollback.ts'
import type { RollbackHints } from '../../src/author/rollback/rollback.ts'
import type { Catalog } from '../../src/postgres/catalog/catalog.ts'
import { compareCatalogs } from '../../src/postgres/catalog/compare-catalogs.ts'
import { describeDifference } from '../../src/postgres/catalog/describe-difference.ts'
import { readCatalog } from '../../src/postgres/catalog/read-catalog.ts'
import { type Connection, withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { runScript } from '../../src/postgres/statements/run-script.ts'
import { createTestDatabase } from './database.ts'

/** A database that stands where `setup` leads, which its test drops. */
export async function databaseAt(setup: string): Promise<{ readonly url: DatabaseUrl; drop(): Promise<void> }> {
  const url = await createTestDatabase()
  await withConnection(url, (connection) => runScript(connection, setup, 'setup.sql'))
  return { url, drop: () => Promise.resolve() }
}

/** The rollback of a script that begins where `setup` leads. */
export function rollbackOf(setup: string, sql: string, hints?: RollbackHints): Promise<Rollback> {
  const up = { sql, file: 'migration.sql', migration: '20261122101500_change' }
  return computeRollback({ start: () => databaseAt(setup), up, ...(hints === undefined ? {} : { hints }) })
}

/** What became of a database with rows that a migration and its rollback went over. */
export interface Journey {
  /** What the catalog lacks or has too much after the rollback, a line each. */
  readonly back: readonly string[]
  /** The same after the migration was applied again. */
  readonly again: readonly string[]
  /** Every row of every table, as JSON, before the migration and after the rollback. */
  readonly rows: { readonly before: readonly string[]; readonly after: readonly string[] }
}

/** Goes up, down and up again on a new database with rows. */
export async function goThereAndBack(setup: string, up: string, down: string, upAgain = up): Promise<Journey> {
  const { url } = await databaseAt(setup)
  return withConnection(url, (connection) => travel(connection, { up, down, upAgain }))
}

/** The same where a session stands. */
export async function travel(
  connection: Connection,
  { up, down, upAgain = up }: { readonly up: string; readonly down: string; readonly upAgain?: string },
): Promise<Journey> {
  const start = { catalog: await readCatalog(connection, { again: true }), rows: await allRows(connection) }
  await runScript(connection, up, 'migration.sql')
  const end = await readCatalog(connection, { again: true })
  await runScript(connection, down, 'down.sql')
  const rows = { before: start.rows, after: await allRows(connection) }
  const back = await differencesFrom(start.catalog, connection)
  await runScript(connection, upAgain, 'migration.sql')
  return { back, again: await differencesFrom(end, connection), rows }
}

async function differencesFrom(goal: Catalog, connection: Connection): Promise<readonly string[]> {
  return compareCatalogs(goal, await readCatalog(connection, { again: true })).map(describeDifference)
}

/** Columns in order of their names: a column that comes back stands last in its table. */
async function allRows(connection: Connection): Promise<readonly string[]> {
  const tables = await connection.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
       AND (c.relkind <> 'm' OR c.relispopulated) ORDER BY 1`,
  )
  const found: string[] = []
  for (const { name } of tables.rows) {
    const { rows } = await connection.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t ORDER BY 1`)
    found.push(...rows.map(({ row }) => `${name} ${row}`))
  }
  return found
}
