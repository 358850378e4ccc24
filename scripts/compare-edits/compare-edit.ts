import { randomBytes } from 'node:crypto'
import type { Connection } from '../../src/postgres/connect.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, withDatabase } from '../../src/postgres/database-url.ts'
import { quoteIdentifier } from '../../src/postgres/quote.ts'
import { liveCatalog } from '../../src/prisma/catalog-source.ts'
import { differenceScript } from '../../src/prisma/engine.ts'
import { prepareSchema, type SchemaText } from '../../src/prisma/schema-text.ts'
import { queryRows } from '../../test/support/query-rows.ts'
import type { RealisticEdit } from '../../test/support/realistic-edit.ts'

/** What the script that Prisma generates does with the rows of one edit. */
export interface Comparison {
  readonly name: string
  readonly title: string
  readonly outcome: 'fails' | 'loses' | 'keeps'
  /** The server's message, or the first query with other rows. */
  readonly reason: string
}

/** Runs Prisma's own script of an edit on a database with the edit's rows. */
export async function compareEdit(server: DatabaseUrl, name: string, edit: RealisticEdit): Promise<Comparison> {
  const database = `compare_${randomBytes(6).toString('hex')}`
  await withConnection(server, (connection) => connection.query(`CREATE DATABASE ${quoteIdentifier(database)}`))
  try {
    const url = withDatabase(server, database)
    const script = await withConnection(url, (connection) => startAndPlan(connection, edit))
    // The rows may have set something for the database that a new session reads.
    const [outcome, reason] = await withConnection(url, (connection) => runAndLook(connection, edit, script))
    return { name, title: edit.title, outcome, reason }
  } finally {
    await withConnection(server, (connection) =>
      connection.query(`DROP DATABASE ${quoteIdentifier(database)} WITH (FORCE)`),
    )
  }
}

/** Prisma plans from the end of the history, so before there are rows. */
async function startAndPlan(connection: Connection, edit: RealisticEdit): Promise<string> {
  await connection.query(await differenceScript({ kind: 'nothing' }, schemaText(edit.before)))
  if (edit.byHand !== undefined) await connection.query(edit.byHand)
  const catalog = liveCatalog(connection, 'public')
  const script = await differenceScript({ kind: 'database', catalog }, schemaText(edit.after))
  await connection.query(edit.rows)
  return script
}

async function runAndLook(
  connection: Connection,
  edit: RealisticEdit,
  script: string,
): Promise<['fails' | 'loses' | 'keeps', string]> {
  try {
    await connection.query(script)
  } catch (error) {
    return ['fails', message(error)]
  }
  for (const { query, rows } of edit.kept ?? edit.expect) {
    const found = await queryRows(connection, query).catch(message)
    if (JSON.stringify(found) !== JSON.stringify(rows))
      return ['loses', typeof found === 'string' ? found : difference(rows, found)]
  }
  return ['keeps', '']
}

function difference(expected: readonly string[], found: readonly string[]): string {
  const index = expected.findIndex((row, at) => row !== found[at])
  return index === -1
    ? `${String(found.length)} rows instead of ${String(expected.length)}`
    : `\`${found[index] ?? 'no row'}\` instead of \`${expected[index] ?? ''}\``.replaceAll('|', '\\|')
}

function schemaText(text: string): SchemaText {
  return prepareSchema([{ path: 'schema.prisma', text }])
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
