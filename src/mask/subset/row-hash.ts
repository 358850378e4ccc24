import { quoteIdentifier } from '../../postgres/quote.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'

/**
 * SQL of a number that a row's key decides, and the salt: the order in which rows are taken and written. It says
 * nothing of when a row was made, and is the same for the same rows. 64 bits.
 * @param alias of the table in the query
 * @param salt a 64-bit number as a text, from the key
 */
export function rowHash(table: TableFacts, alias: string, salt: string): string {
  const columns = table.primaryKey?.keys.flatMap((key) => ('column' in key ? [key.column] : [])) ?? []
  const texts = columns.map((name) => `${alias}.${quoteIdentifier(name)}::text`)
  const text =
    texts.length === 0
      ? `${alias}::text`
      : texts.length === 1
        ? (texts[0] ?? '')
        : `concat_ws(chr(31), ${texts.join(', ')})`
  return `hashtextextended(${text}, ${salt}::bigint)`
}
