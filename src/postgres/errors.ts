import { defineFailure } from '../errors/failure.ts'

/** A connection string that is no PostgreSQL URL. The text itself is never shown: it may hold a password. */
export const urlInvalid = defineFailure('POSTGRES_URL_INVALID', (source: string, reason: string) => ({
  message: `The database URL from ${source} cannot be used.`,
  why: reason,
  fix: 'Write it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE and percent-encode special characters.',
}))

/** Nobody answers at the address. */
export const unreachable = defineFailure('POSTGRES_UNREACHABLE', (url: string, reason: string) => ({
  message: `The PostgreSQL server ${url} cannot be reached.`,
  why: reason,
  fix: 'Check that the server runs and that host and port are right, in tide.config.ts or the variable that it names.',
}))

/** The URL and the server do not agree on SSL, or the certificate of the server cannot be verified. */
export const sslFailed = defineFailure('POSTGRES_SSL', (url: string, reason: string, fix: string) => ({
  message: `No SSL connection to the PostgreSQL server ${url} as its URL asks for.`,
  why: reason,
  fix,
}))

/** Wrong user or password. */
export const authenticationFailed = defineFailure('POSTGRES_AUTHENTICATION', (url: string, reason: string) => ({
  message: `The PostgreSQL server refuses the user or the password of ${url}.`,
  why: reason,
  fix: 'Check user and password in the URL; special characters in a password must be percent-encoded.',
}))

/** The server is there, the database is not. */
export const databaseMissing = defineFailure('POSTGRES_DATABASE_MISSING', (url: string, database: string) => ({
  message: `The database "${database}" does not exist on ${url}.`,
  fix: `Create it with: createdb ${JSON.stringify(database)}`,
}))

/** A session that ended while a statement ran: what was not committed is rolled back by the server. */
export const connectionLost = defineFailure('POSTGRES_CONNECTION_LOST', (reason: string) => ({
  message: 'The connection to PostgreSQL was lost.',
  why: reason,
  fix: 'Run the command again: it goes on after what was committed.',
}))
