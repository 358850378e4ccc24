import { randomBytes } from 'node:crypto'
import { inject, onTestFinished } from 'vitest'
import { type DatabaseUrl, parseDatabaseUrl, withDatabase } from '../../src/postgres/database-url.ts'
import { quoteIdentifier } from '../../src/postgres/quote.ts'
import { createMaintenanceSession, type MaintenanceSession } from '../../src/postgres/rehearsal/maintenance-session.ts'

/** The maintenance database of the server that the whole run shares. */
export function testServer(): DatabaseUrl {
  return parseDatabaseUrl(inject('server'), 'the test server')
}

/** Kept for all databases of a file: a connection takes as long as a database. */
let session: MaintenanceSession | undefined

/** An empty database of its own, dropped when the test is over. */
export async function createTestDatabase(prefix = 'test'): Promise<DatabaseUrl> {
  const { url, drop } = await createKeptDatabase(prefix)
  onTestFinished(drop)
  return url
}

/** A database and its end. */
export interface KeptDatabase {
  readonly url: DatabaseUrl
  drop(): Promise<void>
}

/** The same for several tests: whoever makes it in `beforeAll` drops it in `afterAll`. */
export async function createKeptDatabase(prefix: string): Promise<KeptDatabase> {
  const server = testServer()
  const maintenance = (session ??= createMaintenanceSession(server))
  const name = `${prefix}_${randomBytes(6).toString('hex')}`
  const { copyOption } = await maintenance.facts()
  await maintenance.query(`CREATE DATABASE ${quoteIdentifier(name)}${copyOption}`)
  const drop = async (): Promise<void> => {
    await maintenance.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`)
  }
  return { url: withDatabase(server, name), drop }
}

declare module 'vitest' {
  export interface ProvidedContext {
    server: string
  }
}
