import type { Connection } from '../../postgres/connect.ts'
import type { DatabaseUrl } from '../../postgres/database-url.ts'
import { readMarker } from './marker.ts'

/** What a database says of itself. */
export interface DatabaseStanding {
  /** The environment it is marked as. */
  readonly marker: string | undefined
  /** What speaks for production, each as one sentence; empty where nothing does. A marker outweighs all of it. */
  readonly evidence: readonly string[]
}

/** What is measured of a database, from which the evidence follows. */
export interface DatabaseMeasures {
  readonly bytes: number
  readonly replicas: number
  /** Of roles that only a hoster's server has. */
  readonly hosterRoles: readonly string[]
}

/**
 * Whether a database is production, by what it shows and not by what a variable says. A database of the embedded server
 * was made by Tide and is none.
 */
export async function readStanding(
  connection: Connection,
  url: DatabaseUrl,
  isEmbedded: boolean,
): Promise<DatabaseStanding> {
  const marker = await readMarker(connection)
  if (marker !== undefined || isEmbedded) {
    return { marker, evidence: marker === 'production' ? ['It is marked as production, in tide.environment.'] : [] }
  }
  return { marker, evidence: findEvidence(url, await measure(connection)) }
}

/** What speaks for production. */
export function findEvidence(url: DatabaseUrl, { bytes, replicas, hosterRoles }: DatabaseMeasures): readonly string[] {
  return [
    ...(productionName.test(url.database) ? [`Its name, ${url.database}, is that of a production database.`] : []),
    ...(productionName.test(url.host) ? [`Its host, ${url.host}, is named as production is.`] : []),
    ...(isLoopback(url.host) ? [] : [`Its host, ${url.host}, is another machine, and nothing says what it is.`]),
    ...(bytes >= largeBytes ? [`It holds ${(bytes / 1e9).toFixed(0)} GB.`] : []),
    ...(replicas > 0 ? [`${replicas === 1 ? 'A replica follows' : `${replicas} replicas follow`} its server.`] : []),
    ...hosterRoles.map((role) => `Its server has the role ${role}, as a hoster's has.`),
  ]
}

/** As a word of its own: `shop_prod`, `live-db`, not `products` or `delivery`. */
const productionName = /(?:^|[^a-z])(?:prod|production|prd|live)(?:[^a-z]|$)/i

/** More than anybody seeds on a laptop. */
const largeBytes = 10e9

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || host.startsWith('127.') || host.startsWith('/')
}

async function measure(connection: Connection): Promise<DatabaseMeasures> {
  const { rows } = await connection.query<{ bytes: string; replicas: number; roles: readonly string[] }>(
    `SELECT pg_database_size(current_database())::text AS bytes,
       (SELECT count(*)::int FROM pg_stat_replication) AS replicas,
       (SELECT COALESCE(array_agg(rolname::text ORDER BY rolname), '{}') FROM pg_roles
        WHERE rolname = ANY ($1)) AS roles`,
    [hosterRoles],
  )
  const [row] = rows
  return { bytes: Number(row?.bytes ?? 0), replicas: row?.replicas ?? 0, hosterRoles: row?.roles ?? [] }
}

/** A tunnel to one of these looks like a database on this machine. */
const hosterRoles = ['rds_superuser', 'cloudsqlsuperuser', 'azure_pg_admin', 'neon_superuser', 'aiven_admin']
