import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, parseDatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import { testServer } from './database.ts'

/** A role of its own that may log in, dropped when the test is over; it may do nothing until it is granted. */
export interface TestRole {
  /** Quoted by nobody: letters and digits. */
  readonly name: string
  /** A database as this role. */
  as(database: DatabaseUrl): DatabaseUrl
}

/** @param settings its defaults, as `ALTER ROLE … SET` takes them */
export async function createTestRole(database: DatabaseUrl, settings: readonly string[] = []): Promise<TestRole> {
  const name = `role_${randomBytes(6).toString('hex')}`
  const statements = [`CREATE ROLE ${name} LOGIN PASSWORD 'secret'`, ...settings.map((one) => `ALTER ROLE ${name} SET ${one}`)]
  await withConnection(testServer(), (connection) => connection.query(statements.join(';')))
  onTestFinished(async () => {
    await withConnection(database, (connection) => connection.query(`DROP OWNED BY ${name}`))
    await withConnection(testServer(), (connection) => connection.query(`DROP ROLE ${name}`))
  })
  return {
    name,
    as: (of) => {
      const url = new URL(revealUrl(of))
      url.username = name
      url.password = 'secret'
      return parseDatabaseUrl(url.toString(), 'the test role')
    },
  }
}
