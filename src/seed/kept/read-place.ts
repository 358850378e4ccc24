import { readCatalog } from '../../postgres/catalog/read-catalog.ts'
import type { Connection } from '../../postgres/connect.ts'
import { quoteQualified } from '../../postgres/quote.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import { tableKey } from '../plan/table-key.ts'
import { type Book, booksOfRows, type BookSequence, historyBook, type Place, runBook } from './place.ts'
import { bookSequencesSql, booksSql, peculiarSql, sequencesSql } from './place-sql.ts'
import { readHeldRows } from './read-held-rows.ts'

/** Tables of which a run expects something. */
export interface TablesOfRun {
  /** It empties them first. */
  readonly toEmpty: readonly TableFacts[]
  /** It has reference data for them: rows may stand there, as a migration inserts some. */
  readonly withReference: readonly TableFacts[]
}

/**
 * Reads whether a database can take the result of a run as a copy, and all of it that such a copy must agree with or
 * take over. Reads only.
 * @returns undefined where anything would be lost: rows, or what no other database has
 */
export async function readPlace(
  connection: Connection,
  { toEmpty, withReference }: TablesOfRun,
): Promise<Place | undefined> {
  const emptied = toEmpty.map(tableKey)
  const { rows: [standing] } = await connection.query<{ peculiar: boolean }>(peculiarSql, [emptied])
  if (standing?.peculiar !== false) return undefined
  const { rows: found } = await connection.query<FoundBook>(booksSql)
  for (const { schema, name } of found) {
    const isOfRows = schema === 'tide' && booksOfRows.includes(name)
    if (isOfRows && (await tellsOfOthers(connection, name, emptied))) return undefined
  }
  const rows = await readHeldRows(connection, emptied, withReference.map(tableKey))
  if (rows === undefined) return undefined
  const kept = found.filter(({ schema, name }) => schema !== 'tide' || !booksOfRows.includes(name))
  const books: Book[] = []
  for (const book of kept) books.push(await readBook(connection, book))
  const { rows: sequences } = await connection.query(sequencesSql, [emptied])
  const { objects } = await readCatalog(connection)
  const ledgers = books.filter(({ schema }) => schema !== 'tide').map(applied)
  // These a run makes where they lack.
  const standingBooks = kept.filter(({ schema, name }) => schema !== 'tide' || ![historyBook, runBook].includes(name))
  return { looks: { objects, rows, sequences, ledgers, books: standingBooks }, books }
}

interface FoundBook {
  readonly schema: string
  readonly name: string
  readonly columns: string
  readonly grants: string | null
}

/** Whether rows are recorded of a table that is not emptied: somebody took them away, and a run would say so. */
async function tellsOfOthers(connection: Connection, book: string, emptied: readonly string[]): Promise<boolean> {
  const table = book === 'seed_table' ? 'table_name' : `table_schema || '.' || table_name`
  const { rows } = await connection.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM ${quoteQualified('tide', book)} WHERE ${table} <> ALL ($1)) AS found`,
    [emptied],
  )
  return rows[0]?.found !== false
}

async function readBook(connection: Connection, { schema, name }: FoundBook): Promise<Book> {
  const table = quoteQualified(schema, name)
  const { rows } = await connection.query<{ rows: string }>(
    `SELECT COALESCE(json_agg(b), '[]')::text AS rows FROM ${table} AS b`,
  )
  const { rows: sequences } = await connection.query<BookSequence>(bookSequencesSql, [table])
  return { schema, name, rows: rows[0]?.rows ?? '[]', sequences }
}

/** What a ledger says was done, without when and under which identifier. */
function applied({ schema, rows }: Book): unknown {
  const entries = JSON.parse(rows) as readonly Readonly<Record<string, unknown>>[]
  const done = entries.map((row) =>
    JSON.stringify([
      row['migration_name'],
      row['checksum'],
      row['finished_at'] !== null,
      row['rolled_back_at'] !== null,
    ]),
  )
  return [schema, done.sort()]
}
