import { connect, type Connection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { onTestFinished } from 'vitest'
import { createTestDatabase } from './database.ts'

/** A database with these tables and rows, and a session in it. */
export async function createSource(
  sql: string,
): Promise<{ readonly database: DatabaseUrl; readonly connection: Connection }> {
  const database = await createTestDatabase('source')
  const connection = await connect(database)
  onTestFinished(() => connection.end())
  await connection.query(sql)
  return { database, connection }
}
