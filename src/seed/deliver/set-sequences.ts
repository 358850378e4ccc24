import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import { quoteTable } from './table-target.ts'

/** Moves the sequences of a table behind its highest numbers, so that the next row of the application fits. */
export async function setSequences(connection: Connection, table: Pick<TablePlan, 'facts'>): Promise<void> {
  for (const { name, sequence, default: expression } of table.facts.columns) {
    const found = sequence ?? /^nextval\('(.+)'::regclass\)$/.exec(expression ?? '')?.[1]?.replaceAll("''", "'")
    if (found === undefined) continue
    const highest = `SELECT max(${quoteIdentifier(name)}) AS highest FROM ${quoteTable(table)}`
    await connection.query(`SELECT setval($1::regclass, highest) FROM (${highest}) AS rows WHERE highest >= 1`, [found])
  }
}
