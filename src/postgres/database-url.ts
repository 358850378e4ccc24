import { urlInvalid } from './errors.ts'

const hidden = new WeakMap<DatabaseUrl, string>()

/** Where a database is. Prints without its password; `revealUrl` gives the whole to whoever connects. */
export class DatabaseUrl {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  /** Prisma's `?schema=`: where unqualified names of a migration live. `public` where the URL says nothing. */
  readonly schema: string

  constructor(parts: { host: string; port: number; user: string; database: string; schema: string }, whole: string) {
    this.host = parts.host
    this.port = parts.port
    this.user = parts.user
    this.database = parts.database
    this.schema = parts.schema
    hidden.set(this, whole)
  }

  toString(): string {
    return `postgresql://${encodeURIComponent(this.user)}@${this.host}:${String(this.port)}/${encodeURIComponent(this.database)}`
  }

  toJSON(): string {
    return this.toString()
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

/**
 * Reads a PostgreSQL URL.
 * @param source what the URL was read from, named in the failure (an environment variable, a file)
 * @throws POSTGRES_URL_INVALID
 */
export function parseDatabaseUrl(text: string, source: string): DatabaseUrl {
  if (!URL.canParse(text)) throw urlInvalid(source, 'It is not a URL.')
  const url = new URL(text)
  if (url.protocol !== 'postgresql:' && url.protocol !== 'postgres:') {
    throw urlInvalid(source, `Tide works with PostgreSQL; the URL begins with "${url.protocol}".`)
  }
  const database = decode(url.pathname.slice(1), source)
  if (database === '') throw urlInvalid(source, 'It names no database.')
  return new DatabaseUrl(
    {
      host: decode(url.hostname, source) || (url.searchParams.get('host') ?? 'localhost'),
      port: url.port === '' ? 5432 : Number(url.port),
      user: decode(url.username, source) || 'postgres',
      database,
      schema: url.searchParams.get('schema') ?? 'public',
    },
    text,
  )
}

/** The whole URL with its password: for connecting and for `tide db url`, never for a message. */
export function revealUrl(url: DatabaseUrl): string {
  return hidden.get(url) ?? url.toString()
}

/** The same server and user, another database. */
export function withDatabase(url: DatabaseUrl, database: string): DatabaseUrl {
  const whole = new URL(revealUrl(url))
  whole.pathname = `/${encodeURIComponent(database)}`
  return new DatabaseUrl({ ...url, database }, whole.toString())
}

function decode(part: string, source: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw urlInvalid(source, 'A part of it is not percent-encoded correctly.')
  }
}
