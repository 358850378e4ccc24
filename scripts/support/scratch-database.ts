import { randomBytes } from 'node:crypto'
import { withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, withDatabase } from '../../src/postgres/database-url.ts'
import { quoteIdentifier } from '../../src/postgres/quote.ts'

/** Runs `use` with a database of its own, empty or a copy of `template`, and drops it afterwards. */
export async function withScratchDatabase<Result>(
  server: DatabaseUrl,
  template: DatabaseUrl | undefined,
  use: (url: DatabaseUrl) => Promise<Result>,
): Promise<Result> {
  const name = `scratch_${randomBytes(6).toString('hex')}`
  const source = template === undefined ? '' : ` TEMPLATE ${quoteIdentifier(template.database)}`
  await query(server, `CREATE DATABASE ${quoteIdentifier(name)}${source}`)
  try {
    return await use(withDatabase(server, name))
  } finally {
    await query(server, `DROP DATABASE ${quoteIdentifier(name)} WITH (FORCE)`)
  }
}

async function query(server: DatabaseUrl, sql: string): Promise<void> {
  await withConnection(server, (connection) => connection.query(sql))
}
