import type { Connection } from '../../src/postgres/connect.ts'
import { quoteIdentifier, quoteQualified } from '../../src/postgres/quote.ts'
import { readTables } from '../../src/postgres/tables/read-tables.ts'
import type { TableFacts } from '../../src/postgres/tables/table-facts.ts'
import { findRoutable } from './find-routable.ts'

/** What a judge finds in filled tables. */
export interface Judgement {
  /** Tables with another number of rows than asked for. */
  readonly wrongCounts: readonly string[]
  readonly constraints: number
  /** Constraints and indexes that are not valid, rows that a foreign key or check does not hold for. */
  readonly broken: readonly string[]
  /** Rows that were changed before they were created. */
  readonly backInTime: number
  readonly values: number
  /** Values that could reach somebody: where they stand, and what. */
  readonly routable: readonly string[]
}

/** Judges the tables of a database by the server itself, and reads every text in them. */
export async function judgeRows(connection: Connection, rowsOf: ReadonlyMap<string, number>): Promise<Judgement> {
  const tables = (await readTables(connection)).filter(({ schema, name }) => rowsOf.has(`${schema}.${name}`))
  const wrongCounts: string[] = []
  const routable: string[] = []
  let backInTime = 0
  let values = 0
  for (const table of tables) {
    const key = `${table.schema}.${table.name}`
    const rows = await count(connection, `SELECT count(*) FROM ${quoteQualified(table.schema, table.name)}`)
    if (rows !== rowsOf.get(key)) wrongCounts.push(`${key}: ${rows} instead of ${rowsOf.get(key) ?? 0}`)
    backInTime += await countBackInTime(connection, table)
    const found = await readTexts(connection, table)
    values += found.values
    routable.push(...found.routable)
  }
  const { constraints, broken } = await validateAgain(connection)
  return { wrongCounts, constraints, broken, backInTime, values, routable }
}

async function count(connection: Connection, sql: string): Promise<number> {
  const { rows } = await connection.query<string[]>({ text: sql, rowMode: 'array' })
  return Number(rows[0]?.[0] ?? 0)
}

async function countBackInTime(connection: Connection, { schema, name, columns }: TableFacts): Promise<number> {
  const find = (pattern: RegExp): string | undefined => columns.find((column) => pattern.test(column.name))?.name
  const created = find(/^created_?at$/i)
  const updated = find(/^updated_?at$/i)
  if (created === undefined || updated === undefined) return 0
  return count(
    connection,
    `SELECT count(*) FROM ${quoteQualified(schema, name)} WHERE ${quoteIdentifier(updated)} < ${quoteIdentifier(created)}`,
  )
}

async function readTexts(
  connection: Connection,
  { schema, name, columns }: TableFacts,
): Promise<{ readonly values: number; readonly routable: readonly string[] }> {
  const texts = columns.filter(
    ({ baseType, kind }) =>
      kind === 'scalar' && ['text', 'varchar', 'bpchar', 'citext', 'json', 'jsonb', 'inet', 'cidr'].includes(baseType),
  )
  if (texts.length === 0) return { values: 0, routable: [] }
  const list = texts.map((column) => `${quoteIdentifier(column.name)}::text`).join(', ')
  const { rows } = await connection.query<(string | null)[]>({
    text: `SELECT ${list} FROM ${quoteQualified(schema, name)}`,
    rowMode: 'array',
  })
  const routable = new Set<string>()
  let values = 0
  for (const row of rows) {
    row.forEach((value, place) => {
      if (value === null) return
      values++
      for (const found of findRoutable(texts[place]?.name ?? '', value))
        routable.add(`${schema}.${name}.${texts[place]?.name ?? ''}: ${found}`)
    })
  }
  return { values, routable: [...routable] }
}

/** Takes every check and foreign key off and lets the server validate it again, then rolls that back. */
/** Takes every foreign key and check off and puts it on again: the server validates all rows. */
export async function validateAgain(
  connection: Connection,
): Promise<{ readonly constraints: number; readonly broken: readonly string[] }> {
  const { rows } = await connection.query<{ table: string; name: string; definition: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS table, quote_ident(k.conname) AS name, pg_get_constraintdef(k.oid) AS definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype IN ('c', 'f') AND k.conparentid = 0 AND n.nspname !~ '^(pg_|information_schema|tide)'`,
  )
  const broken: string[] = []
  for (const { table, name, definition } of rows) {
    try {
      await connection.query(
        `BEGIN; ALTER TABLE ${table} DROP CONSTRAINT ${name}; ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}; ROLLBACK`,
      )
    } catch (error) {
      await connection.query('ROLLBACK')
      broken.push(`${table} ${name}: ${String(error)}`)
    }
  }
  const others = await connection.query<{ name: string }>(
    `SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT (indisvalid AND indisready)
     UNION ALL SELECT conname::text FROM pg_constraint WHERE NOT convalidated AND contype <> 'n'`,
  )
  const indexes = await count(connection, `SELECT count(*) FROM pg_constraint WHERE contype IN ('p', 'u', 'x')`)
  return {
    constraints: rows.length + indexes,
    broken: [...broken, ...others.rows.map(({ name }) => `${name} is not valid`)],
  }
}
