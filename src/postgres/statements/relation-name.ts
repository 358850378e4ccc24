import type { Node, RangeVar } from 'libpg-query'
import { quoteIdentifier } from '../quote.ts'

/** The name of a table, as SQL, from a parse tree. */
export function relationSql(relation: RangeVar | undefined): string {
  return [relation?.schemaname, relation?.relname]
    .filter((part) => part !== undefined)
    .map(quoteIdentifier)
    .join('.')
}

/** A dotted name, as SQL, from the list of strings that a parse tree holds. */
export function nameSql(parts: readonly Node[]): string {
  return parts.flatMap((part) => ('String' in part ? [quoteIdentifier(part.String.sval ?? '')] : [])).join('.')
}
