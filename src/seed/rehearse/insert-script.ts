import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'
import type { Cell } from '../cell.ts'
import { settledRows } from '../deliver/settled-rows.ts'
import { quoteTable } from '../deliver/table-target.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import type { RowMaker } from '../rows/row-maker.ts'

/**
 * All rows of a table as one INSERT: for a few rows of many tables that go in one round trip.
 * @throws SEED_CHECK_UNMET
 */
export async function insertStatement(connection: Connection, table: TablePlan, maker: RowMaker): Promise<string> {
  const { columns } = maker
  if (columns.length === 0) return `INSERT INTO ${quoteTable(table)} SELECT FROM generate_series(1, ${String(table.rows)})`
  const rows = table.checks.asked.length > 0 ? await askedRows(connection, table, maker) : plainRows(maker)
  const lines = rows.map((cells) => `(${cells.map(literal).join(', ')})`)
  return `INSERT INTO ${quoteTable(table)} (${columns.map(quoteIdentifier).join(', ')}) OVERRIDING SYSTEM VALUE
VALUES ${lines.join(',\n')}`
}

function plainRows(maker: RowMaker): readonly (readonly Cell[])[] {
  return Array.from({ length: maker.rows }, (_, index) => [...maker.row(index)])
}

/** Rows that the database had to be asked for, one check at a time. */
async function askedRows(
  connection: Connection,
  table: TablePlan,
  maker: RowMaker,
): Promise<readonly (readonly Cell[])[]> {
  const rows: (readonly Cell[])[] = []
  for await (const { start, end, cells } of settledRows(connection, table, maker)) {
    for (let row = 0; row < end - start; row++) rows.push(cells.map((column) => column[row] ?? null))
  }
  return rows
}

function literal(cell: Cell): string {
  return cell === null ? 'NULL' : quoteLiteral(cell)
}
