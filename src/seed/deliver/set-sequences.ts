import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import { quoteTable } from './table-target.ts'

/** Moves the sequences of a table behind its highest numbers, so that the next row of the application fits. */
export async function setSequences(connection: Connection, table: Pick<TablePlan, 'facts'>): Promise<void> {
  for (const { column, sequence } of sequencesOf(table.facts)) {
    const highest = `SELECT max(${quoteIdentifier(column)}) AS highest FROM ${quoteTable(table)}`
    const set = `SELECT setval($1::regclass, highest) FROM (${highest}) AS rows WHERE highest >= 1`
    await connection.query(set, [sequence])
  }
}

/** The columns that a sequence numbers, with its name as SQL. */
export function sequencesOf({
  columns,
}: TableFacts): readonly { readonly column: string; readonly sequence: string }[] {
  return columns.flatMap(({ name, sequence, default: expression }) => {
    const found = sequence ?? /^nextval\('(.+)'::regclass\)$/.exec(expression ?? '')?.[1]?.replaceAll("''", "'")
    return found === undefined ? [] : [{ column: name, sequence: found }]
  })
}
