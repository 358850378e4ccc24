import { withScratchDatabase } from '../support/scratch-database.ts'
import type { Connection } from '../../src/postgres/connect.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { liveCatalog } from '../../src/prisma/catalog-source.ts'
import { differenceScript } from '../../src/prisma/engine.ts'
import { prepareSchema, type SchemaText } from '../../src/prisma/schema-text.ts'
import { type QueryExpectation, queryRows } from '../../test/support/query-rows.ts'
import type { RealisticEdit } from '../../test/support/realistic-edit.ts'

/** What a migration does with the rows of an edit. */
export type Outcome = 'fails' | 'loses' | 'keeps'

/** What the script that Prisma generates does with the rows of one edit. */
export interface Comparison {
  readonly outcome: Outcome
  /** The server's message, or the first query with other rows. */
  readonly reason: string
}

/** Runs Prisma's own script of an edit on a database with the edit's rows. */
export async function compareEdit(server: DatabaseUrl, edit: RealisticEdit): Promise<Comparison> {
  return withScratchDatabase(server, undefined, async (url) => {
    const script = await withConnection(url, (connection) => startAndPlan(connection, edit))
    // The rows may have set something for the database that a new session reads.
    return withConnection(url, (connection) => runAndLook(connection, edit, script))
  })
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

async function runAndLook(connection: Connection, edit: RealisticEdit, script: string): Promise<Comparison> {
  try {
    await connection.query(script)
  } catch (error) {
    return { outcome: 'fails', reason: message(error) }
  }
  return lookAtRows(connection, edit.kept ?? edit.expect)
}

/** Whether the rows are what they have to be. */
export async function lookAtRows(connection: Connection, expected: readonly QueryExpectation[]): Promise<Comparison> {
  for (const { query, rows } of expected) {
    const found = await queryRows(connection, query).catch(message)
    if (JSON.stringify(found) === JSON.stringify(rows)) continue
    return { outcome: 'loses', reason: typeof found === 'string' ? found : difference(rows, found) }
  }
  return { outcome: 'keeps', reason: '' }
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
