import type { Connection } from '../../postgres/connect.ts'
import { inTransaction } from '../../postgres/in-transaction.ts'
import { quoteLiteral, quoteQualified } from '../../postgres/quote.ts'
import { type Book, historyBook, runBook } from './place.ts'

/**
 * Gives a copy the books of the database whose place it takes, so that it says of itself what that one said; what is
 * recorded of the rows stays with the rows. In a copy that nobody else knows of.
 */
export async function writeBooks(connection: Connection, books: readonly Book[]): Promise<void> {
  await inTransaction(connection, async () => {
    // References between books are as right as they were.
    await connection.query('SET LOCAL session_replication_role = replica')
    const replaced = books.filter((book) => !isRunBook(book)).map(({ schema, name }) => quoteQualified(schema, name))
    const all = new Set([...replaced, quoteQualified('tide', historyBook)])
    await connection.query(`TRUNCATE ${[...all].join(', ')} RESTART IDENTITY`)
    for (const book of books) await writeBook(connection, book)
  })
}

async function writeBook(connection: Connection, book: Book): Promise<void> {
  const table = quoteQualified(book.schema, book.name)
  await connection.query(
    `INSERT INTO ${table} OVERRIDING SYSTEM VALUE
     SELECT * FROM json_populate_recordset(NULL::${table}, $1)${isRunBook(book) ? ' ON CONFLICT DO NOTHING' : ''}`,
    [book.rows],
  )
  for (const { schema, name, last, isCalled } of book.sequences) {
    await connection.query(`SELECT setval(${quoteLiteral(quoteQualified(schema, name))}, $1, $2)`, [last, isCalled])
  }
}

function isRunBook({ schema, name }: Book): boolean {
  return schema === 'tide' && name === runBook
}
