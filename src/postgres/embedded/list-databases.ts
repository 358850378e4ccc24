import { withConnection } from '../connect.ts'
import type { DatabaseUrl } from '../database-url.ts'
import { quoteLiteral } from '../quote.ts'
import { rehearsalPrefix, resultsPrefix } from '../rehearsal/rehearsal-names.ts'

/** What an embedded server holds. Sizes are in bytes on disk. */
export interface EmbeddedDatabases {
  /** The databases of the project's environments, by name. */
  readonly databases: readonly { readonly name: string; readonly bytes: number }[]
  /** Templates and rehearsals: caches, made anew when they are missing. */
  readonly rehearsals: CachedDatabases
  /** Kept results of seeding: caches as well. */
  readonly seeds: CachedDatabases
}

/** Databases that can be made again. */
export interface CachedDatabases {
  readonly count: number
  readonly bytes: number
}

/** Lists the databases of an embedded server that runs. @throws POSTGRES_UNREACHABLE */
export async function listEmbeddedDatabases(server: DatabaseUrl): Promise<EmbeddedDatabases> {
  return withConnection(server, async (connection) => {
    const { rows } = await connection.query<{ name: string; bytes: number; cache: 'rehearsal' | 'seed' | null }>(sql)
    const cached = (kind: 'rehearsal' | 'seed'): CachedDatabases => {
      const found = rows.filter(({ cache }) => cache === kind)
      return { count: found.length, bytes: found.reduce((sum, { bytes }) => sum + bytes, 0) }
    }
    return {
      databases: rows.filter(({ cache }) => cache === null).map(({ name, bytes }) => ({ name, bytes })),
      rehearsals: cached('rehearsal'),
      seeds: cached('seed'),
    }
  })
}

const sql = `
  SELECT datname AS name, pg_database_size(oid)::float8 AS bytes,
         CASE WHEN starts_with(datname, ${quoteLiteral(resultsPrefix)}) THEN 'seed'
           WHEN starts_with(datname, 'tide_tpl_') OR starts_with(datname, ${quoteLiteral(rehearsalPrefix)})
           THEN 'rehearsal' END AS cache
  FROM pg_database
  WHERE NOT datistemplate AND datname <> 'postgres' AND datconnlimit <> -2
  ORDER BY datname`
