import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../../postgres/quote.ts'
import type { ReferenceSet } from './resolve-set.ts'

/** Where a set declares the numbers that a sequence gives out, the sequence goes on after them. */
export async function advanceSequences(connection: Connection, { table, parts }: ReferenceSet): Promise<void> {
  const declared = new Set(parts.flatMap(({ columns }) => columns.map(({ name }) => name)))
  for (const { name, sequence } of table.columns) {
    if (sequence === undefined || !declared.has(name)) continue
    const highest = `(SELECT max(${quoteIdentifier(name)}) FROM ${quoteQualified(table.schema, table.name)})`
    await connection.query(
      `SELECT setval(${quoteLiteral(sequence)}, ${highest})
       FROM ${sequence} WHERE ${highest} > CASE WHEN is_called THEN last_value ELSE last_value - 1 END`,
    )
  }
}
