import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Hazard } from './hazard.ts'
import { countRows } from './plant-hazards.ts'
import { tableSql } from './sql.ts'

/** Takes the rows of hazards out, so that the rest can go on: mends them where that is known how, else deletes them. */
export async function removeHazards(
  connection: Connection,
  hazards: readonly Hazard[],
  tables: readonly TableFacts[],
): Promise<void> {
  for (const hazard of hazards) {
    if (hazard.mend !== undefined) await attempt(connection, [hazard.mend])
    if ((await countRows(connection, hazard)) === 0) continue
    await attempt(connection, deletions(hazard, tables))
  }
}

/** All of them or none. */
async function attempt(connection: Connection, statements: readonly string[]): Promise<void> {
  await connection.query('SAVEPOINT tide_remove')
  try {
    await connection.query([...statements, 'SET CONSTRAINTS ALL IMMEDIATE', 'RELEASE SAVEPOINT tide_remove'].join(';\n'))
  } catch {
    await connection.query('ROLLBACK TO SAVEPOINT tide_remove; RELEASE SAVEPOINT tide_remove')
  }
}

/** Rows that point at the rows go first, and rows that point at those before them. */
function deletions({ table, condition }: Hazard, tables: readonly TableFacts[]): readonly string[] {
  const statements: string[] = []
  const visit = (parent: TableFacts, alias: string, where: string, path: readonly TableFacts[]): void => {
    for (const child of tables) {
      if (path.includes(child) || statements.length > mostDeletions) continue
      for (const key of child.foreignKeys) {
        if (key.target.schema !== parent.schema || key.target.table !== parent.name) continue
        const inner = `t${String(path.length)}`
        const pairs = key.columns.map(
          (column, at) => `${inner}.${quoteIdentifier(column)} = ${alias}.${quoteIdentifier(key.target.columns[at] ?? '')}`,
        )
        const points = `EXISTS (SELECT FROM ${tableSql(parent)} AS ${alias} WHERE (${where}) AND ${pairs.join(' AND ')})`
        visit(child, inner, points, [...path, child])
      }
    }
    statements.push(`DELETE FROM ${tableSql(parent)} AS ${alias} WHERE ${where}`)
  }
  visit(table, 't', condition, [table])
  return statements
}

/** More ways that lead to the rows are not followed. */
const mostDeletions = 500
