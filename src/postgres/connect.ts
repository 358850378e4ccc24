import pg from 'pg'
import { type DatabaseUrl, parseDatabaseUrl, revealUrl } from './database-url.ts'
import { authenticationFailed, databaseMissing, sslFailed, unreachable } from './errors.ts'
import { quoteIdentifier } from './quote.ts'
import { withCause } from '../errors/failure.ts'

/** One session of a PostgreSQL server. */
export type Connection = pg.Client

/** How a session presents itself. */
export interface ConnectOptions {
  /** Shown in `pg_stat_activity`; starts with `tide` so that whoever waits for a lock can name its holder. */
  readonly applicationName?: string
}

/**
 * Opens one session. `search_path` is the URL's `?schema=`, `public` where it says nothing, as Prisma sets it: whatever
 * the role or the database has, a rehearsal, the ledger and the engine's difference then mean the same place. Every
 * other setting stays the role's own, for the statements of migrations run under it.
 * Whoever opens it closes it: `await connection.end()` in a `finally`.
 * @throws POSTGRES_UNREACHABLE, POSTGRES_SSL, POSTGRES_AUTHENTICATION, POSTGRES_DATABASE_MISSING
 */
export async function connect(url: DatabaseUrl, options: ConnectOptions = {}): Promise<Connection> {
  try {
    return await open(url, options, startupOptions(url))
  } catch (error) {
    if (isPreferred(url) && String(error).includes('does not support SSL')) return connect(withoutSsl(url), options)
    if (!refusesOptions(error)) throw explainConnectionError(url, error)
  }
  // A pooler passes no `options` on (PgBouncer, unless it is told to ignore them).
  const client = await open(url, options, undefined).catch((error: unknown) => {
    throw explainConnectionError(url, error)
  })
  await client.query(`SET search_path TO ${quoteIdentifier(url.schema)}`)
  return client
}

async function open(url: DatabaseUrl, given: ConnectOptions, options: string | undefined): Promise<Connection> {
  const client = new pg.Client({
    connectionString: connectionString(url),
    application_name: given.applicationName ?? 'tide',
    connectionTimeoutMillis: 10_000,
    ...(options === undefined ? {} : { options }),
  })
  // A connection that dies between two queries emits 'error'; the next query rejects with the cause.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** Those of the URL first: of two that set the same, the last one holds. */
function startupOptions(url: DatabaseUrl): string {
  const own = new URL(revealUrl(url)).searchParams.get('options') ?? ''
  return `${own} -c search_path=${searchPathOption(url.schema)}`.trim()
}

function refusesOptions(error: unknown): boolean {
  return error instanceof Error && /unsupported startup parameter.*\boptions\b/.test(error.message)
}

/** Opens a session for the length of one function. */
export async function withConnection<Result>(
  url: DatabaseUrl,
  use: (connection: Connection) => Promise<Result>,
  options?: ConnectOptions,
): Promise<Result> {
  const connection = await connect(url, options)
  try {
    return await use(connection)
  } finally {
    await connection.end()
  }
}

/** Prisma's own parameters (`schema`, `connection_limit`, …) mean nothing to the driver and are taken out. */
function connectionString(url: DatabaseUrl): string {
  const whole = new URL(revealUrl(url))
  for (const name of prismaParameters) whole.searchParams.delete(name)
  // Means by `sslmode` what libpq does; the driver alone would verify every certificate, and warn of that on stderr.
  if (sslModeOf(url) !== 'no-verify' && sslModeOf(url) !== null) whole.searchParams.set('uselibpqcompat', 'true')
  if (isPreferred(url)) whole.searchParams.set('sslmode', 'prefer')
  return whole.toString()
}

function sslModeOf(url: DatabaseUrl): string | null {
  return new URL(revealUrl(url)).searchParams.get('sslmode')
}

function isPreferred(url: DatabaseUrl): boolean {
  return ['allow', 'prefer'].includes(sslModeOf(url) ?? '')
}

function withoutSsl(url: DatabaseUrl): DatabaseUrl {
  const whole = new URL(revealUrl(url))
  whole.searchParams.set('sslmode', 'disable')
  return parseDatabaseUrl(whole.toString(), 'the URL')
}

const prismaParameters = [
  // Joined with those of Tide.
  'options',
  'schema',
  'connection_limit',
  'pool_timeout',
  'connect_timeout',
  'socket_timeout',
  'pgbouncer',
  'statement_cache_size',
  'sslaccept',
  'sslidentity',
  'sslpassword',
  'single_use_connections',
]

/** Quoted for SQL and then escaped for libpq's `options`, where a space or a backslash separates. */
function searchPathOption(schema: string): string {
  return `"${schema.replaceAll('"', '""')}"`.replaceAll('\\', '\\\\').replaceAll(' ', '\\ ')
}

function explainConnectionError(url: DatabaseUrl, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = error instanceof Error ? error.message || code : String(error)
  const advice = sslAdvice(code, reason)
  if (advice !== undefined) return withCause(sslFailed(url.toString(), reason, advice), error)
  if (code === '28P01' || code === '28000') return withCause(authenticationFailed(url.toString(), reason), error)
  if (code === '3D000') return withCause(databaseMissing(url.toString(), url.database), error)
  return withCause(unreachable(url.toString(), reason), error)
}

/** The way out where the two sides do not agree on SSL; undefined for every other reason. */
function sslAdvice(code: string, reason: string): string | undefined {
  if (reason.includes('does not support SSL')) return 'Write sslmode=disable in the URL, or turn SSL on at the server.'
  if (reason.includes('no pg_hba.conf entry') && /no encryption|SSL off/.test(reason)) {
    return 'Write sslmode=require in the URL: the server wants SSL.'
  }
  if (!/certificate|sslrootcert|\bCERT_|_CERT\b|ALTNAME/i.test(`${code} ${reason}`)) return undefined
  return (
    'Name the file of the authority that signed the certificate with sslrootcert=FILE in the URL; ' +
    'or write sslmode=require, which encrypts without verifying who the server is.'
  )
}
