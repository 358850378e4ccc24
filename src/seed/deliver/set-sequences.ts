import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import { quoteTable } from './table-target.ts'

/** Moves the sequences of a table behind its highest numbers, so that the next row of the application fits. */
export async function setSequences(connection: Connection, table: Pick<TablePlan, 'facts'>): Promise<void> {
  for (const statement of sequenceStatements(table)) await connection.query(statement)
}

/** The statements that do so, one for each numbered column. */
export function sequenceStatements(table: Pick<TablePlan, 'facts'>): readonly string[] {
  return table.facts.columns.flatMap(({ name, sequence, default: expression }) => {
    const found = sequence ?? /^nextval\('(.+)'::regclass\)$/.exec(expression ?? '')?.[1]?.replaceAll("''", "'")
    if (found === undefined) return []
    const highest = `SELECT max(${quoteIdentifier(name)}) AS highest FROM ${quoteTable(table)}`
    const sequenceOf = `${quoteLiteral(found)}::regclass`
    return [`SELECT setval(${sequenceOf}, highest) FROM (${highest}) AS rows WHERE highest >= 1`]
  })
}
