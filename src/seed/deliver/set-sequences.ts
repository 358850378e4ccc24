import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import { quoteTable } from './table-target.ts'

/** Moves the sequences of a table behind its last numbers, so that the next row of the application fits. */
export async function setSequences(connection: Connection, table: Pick<TablePlan, 'facts'>): Promise<void> {
  for (const statement of sequenceStatements(table)) await connection.query(statement)
}

/** The statements that do so, one for each numbered column. */
export function sequenceStatements(table: Pick<TablePlan, 'facts'>): readonly string[] {
  return sequencesOf(table.facts).map(({ column, sequence }) => {
    const own = `${quoteLiteral(sequence)}::regclass`
    const [lowest, highest] = ['min', 'max'].map((edge) => `${edge}(${quoteIdentifier(column)})`)
    const ends = `SELECT ${lowest ?? ''} AS lowest, ${highest ?? ''} AS highest FROM ${quoteTable(table)}`
    // It may count down, and a number that it cannot give needs no room.
    return `SELECT setval(${own}, edge) FROM (SELECT seqmin, seqmax, CASE WHEN seqincrement < 0 THEN lowest ELSE highest END AS edge
      FROM (${ends}) AS rows, pg_catalog.pg_sequence WHERE seqrelid = ${own}) AS ends WHERE edge BETWEEN seqmin AND seqmax`
  })
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
