import type { Catalog } from '../postgres/catalog/catalog.ts'
import type { Connection } from '../postgres/connect.ts'

/**
 * Fills materialized views from the rows that a rehearsal was given, so that one that a migration makes anew holds what
 * it held before. Within the caller's transaction; one that cannot be computed of these rows stays as it is.
 */
export async function refreshViews(connection: Connection, catalog: Catalog): Promise<void> {
  if (!catalog.objects.some(({ kind, definition }) => kind === 'materialized view' && definition['filled'] === true)) return
  const { rows } = await connection.query<{ name: string }>(filledViews)
  for (const { name } of rows) {
    await connection.query('SAVEPOINT tide_refresh')
    const sql = `REFRESH MATERIALIZED VIEW ${name}; RELEASE SAVEPOINT tide_refresh`
    await connection.query(sql).catch(() => connection.query(takeBack))
  }
}

/** In the order in which they were made: one may stand on another. */
const filledViews = `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'm' AND c.relispopulated ORDER BY c.oid`

const takeBack = 'ROLLBACK TO SAVEPOINT tide_refresh; RELEASE SAVEPOINT tide_refresh'
