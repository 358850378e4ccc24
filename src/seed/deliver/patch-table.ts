import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import type { Cell } from '../cell.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import type { RowMaker } from '../rows/row-maker.ts'
import { castColumns, quoteTable, unnestColumns } from './table-target.ts'

const rowsPerStatement = 5000

/**
 * Sets the columns that close a cycle, once all rows of it are there.
 * @returns how many rows took them; undefined where no column closes a cycle
 */
export async function patchTable(
  connection: Connection,
  table: TablePlan,
  maker: RowMaker,
): Promise<number | undefined> {
  const patched = table.relations.filter(({ isPatched }) => isPatched).flatMap(({ nullable }) => nullable)
  if (patched.length === 0) return undefined
  const keys = table.facts.primaryKey?.keys.flatMap((key) => ('column' in key ? [key.column] : [])) ?? []
  const columns = [...keys, ...patched]
  const update = `UPDATE ${quoteTable(table)} AS t SET ${patched.map((name) => `${quoteIdentifier(name)} = s.${quoteIdentifier(name)}`).join(', ')}
    FROM (SELECT ${castColumns(table, columns).join(', ')} FROM ${unnestColumns(columns)}) AS s
    WHERE ${keys.map((name) => `t.${quoteIdentifier(name)} = s.${quoteIdentifier(name)}`).join(' AND ')}`
  let taken = 0
  for (let start = 0; start < maker.rows; start += rowsPerStatement) {
    const cells: Cell[][] = columns.map(() => [])
    for (let row = start; row < Math.min(maker.rows, start + rowsPerStatement); row++) {
      columns.forEach((name, place) => cells[place]?.push(maker.cell(row, name)))
    }
    const { rowCount } = await connection.query(update, cells)
    taken += rowCount ?? 0
  }
  return taken
}
