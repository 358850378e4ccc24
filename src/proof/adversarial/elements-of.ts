import type { Node } from 'libpg-query'
import { quoteIdentifier } from '../../postgres/quote.ts'
import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'

/**
 * The elements of an index as SQL, in the names from before the migration: expressions have them already.
 * @param texts the elements as they are written
 * @param columnOf by the name that a column has where the index is made
 */
export function elementsOf(
  elements: readonly Node[] | undefined,
  texts: readonly string[],
  columnOf: (name: string) => ColumnFacts | undefined,
): readonly string[] {
  return texts.map((text, at) => {
    const element = elements?.[at]
    const name = element !== undefined && 'IndexElem' in element ? element.IndexElem.name : undefined
    const column = name === undefined ? undefined : columnOf(name)
    return column === undefined || column.name === name ? text : quoteIdentifier(column.name)
  })
}
