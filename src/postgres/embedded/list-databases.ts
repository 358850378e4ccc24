import { withConnection } from '../connect.ts'
import type { DatabaseUrl } from '../database-url.ts'

/** What an embedded server holds. Sizes are in bytes on disk. */
export interface EmbeddedDatabases {
  /** The databases of the project's environments, by name. */
  readonly databases: readonly { readonly name: string; readonly bytes: number }[]
  /** Templates and rehearsals: caches, made anew when they are missing. */
  readonly rehearsals: { readonly count: number; readonly bytes: number }
}

/** Lists the databases of an embedded server that runs. @throws POSTGRES_UNREACHABLE */
export async function listEmbeddedDatabases(server: DatabaseUrl): Promise<EmbeddedDatabases> {
  return withConnection(server, async (connection) => {
    const { rows } = await connection.query<{ name: string; bytes: number; rehearsal: boolean }>(sql)
    const rehearsals = rows.filter((row) => row.rehearsal)
    return {
      databases: rows.filter((row) => !row.rehearsal).map(({ name, bytes }) => ({ name, bytes })),
      rehearsals: { count: rehearsals.length, bytes: rehearsals.reduce((sum, { bytes }) => sum + bytes, 0) },
    }
  })
}

const sql = `
  SELECT datname AS name, pg_database_size(oid)::float8 AS bytes,
         starts_with(datname, 'tide_tpl_') OR starts_with(datname, 'tide_reh_') AS rehearsal
  FROM pg_database
  WHERE NOT datistemplate AND datname <> 'postgres' AND datconnlimit <> -2
  ORDER BY datname`
