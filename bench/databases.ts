import pg from 'pg'
import { onDatabase } from './tide.ts'

/**
 * The server through a role that everybody can log in with: the embedded server hashes its own password with one
 * iteration, which makes connecting fast and which Go's driver refuses.
 */
export async function commonRole(server: string): Promise<string> {
  await query(server, `SET scram_iterations = 4096; CREATE ROLE bench SUPERUSER LOGIN PASSWORD 'bench'`)
  const url = new URL(server)
  url.username = 'bench'
  url.password = 'bench'
  return url.toString()
}

/** Drops and creates a database; not timed by anybody. */
export async function freshDatabase(server: string, name: string): Promise<string> {
  await query(onDatabase(server, 'postgres'), `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  await query(onDatabase(server, 'postgres'), `CREATE DATABASE "${name}"`)
  return onDatabase(server, name)
}

/** How many tables and indexes are there: everybody must have made the same. */
export async function countRelations(url: string): Promise<number> {
  const rows = await query(
    url,
    `SELECT count(*)::int AS count FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'i', 'v')
       AND c.relname !~ '^(_prisma_migrations|schema_migrations|knex_|pgmigrations)'`,
  )
  return Number(rows[0]?.['count'])
}

/** The server's version, as it calls itself. */
export async function serverVersion(url: string): Promise<string> {
  const rows = await query(url, 'SHOW server_version')
  return String(rows[0]?.['server_version'])
}

async function query(url: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return rows
  } finally {
    await client.end()
  }
}
