import { type Connection, withConnection } from '../../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../../src/postgres/database-url.ts'
import { quoteQualified } from '../../../src/postgres/quote.ts'
import { readTables } from '../../../src/postgres/tables/read-tables.ts'
import { seedRows } from '../../../src/seed/seed-rows.ts'
import type { HardCase } from './hard-cases.ts'

/** Rows that each table must have. */
export const rowsPerTable = 200

/** Makes the schema, fills it with no configuration, and lets the server judge. What is wrong; empty for a pass. */
export async function judgeCase(database: DatabaseUrl, hard: HardCase): Promise<readonly string[]> {
  return withConnection(database, async (connection) => {
    await connection.query(hard.sql)
    try {
      const input = {
        database,
        counts: new Map(),
        rows: rowsPerTable,
        seed: 'hard',
        locale: 'en',
        now: Date.UTC(2026, 0, 15),
        isPinned: true,
      }
      await seedRows(input)
      return await judgeRows(connection, hard)
    } catch (error) {
      return [
        error instanceof Error
          ? `${error.message} ${'details' in error ? JSON.stringify(error.details) : (error.stack ?? '')}`
          : String(error),
      ]
    }
  })
}

/** What is wrong with the rows of a case, whoever made them; empty for a pass. */
export async function judgeRows(connection: Connection, hard: HardCase): Promise<readonly string[]> {
  return [
    ...(await wrongCounts(connection)),
    ...(await notValid(connection)),
    ...(await alsoWrong(connection, hard)),
  ]
}

async function wrongCounts(connection: Connection): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const { schema, name } of await readTables(connection)) {
    const { rows } = await connection.query<{ rows: string }>(
      `SELECT count(*) AS rows FROM ${quoteQualified(schema, name)}`,
    )
    if (Number(rows[0]?.rows) !== rowsPerTable) wrong.push(`${name} has ${rows[0]?.rows ?? '?'} rows`)
  }
  return wrong
}

/** Every constraint and unique index is on and valid: the server has then judged every row. */
async function notValid(connection: Connection): Promise<readonly string[]> {
  await connection.query('SET CONSTRAINTS ALL IMMEDIATE')
  const { rows } = await connection.query<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint WHERE NOT convalidated
     UNION ALL SELECT indexrelid::regclass::text FROM pg_index WHERE NOT (indisvalid AND indisready)`,
  )
  return rows.map(({ name }) => `${name} is not valid`)
}

async function alsoWrong(connection: Connection, { also }: HardCase): Promise<readonly string[]> {
  if (also === undefined) return []
  const { rows } = await connection.query<boolean[]>({ text: also, rowMode: 'array' })
  return rows[0]?.[0] === true ? [] : [`not true: ${also}`]
}
