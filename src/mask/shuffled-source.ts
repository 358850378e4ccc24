import { quoteIdentifier, quoteQualified } from '../postgres/quote.ts'
import type { TableFacts } from '../postgres/tables/table-facts.ts'
import type { World } from './world.ts'

/** A column whose values change rows, within rows that agree in another column. */
export interface Shuffled {
  readonly column: string
  readonly within: string | undefined
}

/**
 * SQL to read a table from, in which each row has the value that the next row of its group has: the rows of a group
 * stand in a circle whose order a seed decides. The server sorts; nothing is kept here. The seed follows from the key,
 * and the key not from it: it may stand in a log.
 */
export function shuffledSource(table: TableFacts, shuffled: readonly Shuffled[], world: World): string {
  const name = quoteQualified(table.schema, table.name)
  const keys = (table.primaryKey?.keys ?? []).flatMap((key) => ('column' in key ? [quoteIdentifier(key.column)] : []))
  const identity = keys.length === 0 ? 'ctid::text' : `ROW(${keys.join(', ')})::text`
  const columns = table.columns.filter(({ generated }) => generated === undefined)
  const list = columns.map((column) => {
    const own = quoteIdentifier(column.name)
    const one = shuffled.find((other) => other.column === column.name)
    if (one === undefined) return own
    const seed = world.seed(`shuffle ${table.schema}.${table.name}.${column.name}`)
    const group = one.within === undefined ? '' : `PARTITION BY ${quoteIdentifier(one.within)} `
    const order = `${group}ORDER BY md5('${seed}' || ${identity})`
    // NULL is a value like any other here: the last row is told by its number.
    return `CASE WHEN row_number() OVER (${order}) = count(*) OVER (${group}) THEN first_value(${own}) OVER (${order}) ELSE lead(${own}) OVER (${order}) END AS ${own}`
  })
  // A subset is read by the places of its rows.
  return `(SELECT tableoid, ctid, ${list.join(', ')} FROM ${name})`
}
