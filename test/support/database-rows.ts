import { queryRows } from './query-rows.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'

/** The rows of one query, over a connection of its own, in the form of `queryRows`. */
export function rowsOf(database: DatabaseUrl, query: string): Promise<readonly string[]> {
  return withConnection(database, (connection) => queryRows(connection, query))
}

/** Tables and indexes of the schema `public`, by name. */
export function relationsOf(database: DatabaseUrl): Promise<readonly string[]> {
  return rowsOf(database, "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1")
}

/** The columns of a table, in their order. */
export function columnsOf(database: DatabaseUrl, table: string): Promise<readonly string[]> {
  return rowsOf(
    database,
    `SELECT attname FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attnum > 0 ORDER BY attnum`,
  )
}

/** The ledger as `name|finished|logs`, in the order of the rows. */
export function ledgerOf(database: DatabaseUrl): Promise<readonly string[]> {
  return rowsOf(
    database,
    'SELECT migration_name, finished_at IS NOT NULL, logs FROM _prisma_migrations ORDER BY started_at',
  )
}
