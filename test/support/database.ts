import { randomBytes } from 'node:crypto'
import { inject, onTestFinished } from 'vitest'
import { type DatabaseUrl, parseDatabaseUrl, withDatabase } from '../../src/postgres/database-url.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import { quoteIdentifier } from '../../src/postgres/quote.ts'

/** The maintenance database of the server that the whole run shares. */
export function testServer(): DatabaseUrl {
  return parseDatabaseUrl(inject('server'), 'the test server')
}

/** An empty database of its own, dropped when the test is over. */
export async function createTestDatabase(prefix = 'test'): Promise<DatabaseUrl> {
  const { url, drop } = await createKeptDatabase(prefix)
  onTestFinished(drop)
  return url
}

/** The same for several tests: whoever makes it in `beforeAll` drops it in `afterAll`. */
export async function createKeptDatabase(prefix: string): Promise<{ readonly url: DatabaseUrl; drop(): Promise<void> }> {
  const server = testServer()
  const name = `${prefix}_${randomBytes(6).toString('hex')}`
  await withConnection(server, (connection) => connection.query(`CREATE DATABASE ${quoteIdentifier(name)}`))
  return {
    url: withDatabase(server, name),
    drop: () =>
      withConnection(server, async (connection) => {
        await connection.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`)
      }),
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    server: string
  }
}
