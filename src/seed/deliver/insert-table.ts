import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import type { RowMaker } from '../rows/row-maker.ts'
import { type Progress, tellProgress } from './progress.ts'
import { settledRows } from './settled-rows.ts'
import { castColumns, quoteTable, unnestColumns } from './table-target.ts'

/**
 * Fills a table with `INSERT … SELECT unnest`, where COPY is not allowed or where a check must be asked first.
 * @returns how many rows the table took: a trigger may leave some out
 * @throws SEED_CHECK_UNMET
 */
export async function insertTable(
  connection: Connection,
  table: TablePlan,
  maker: RowMaker,
  progress: Progress,
): Promise<number> {
  const { columns } = maker
  const names = columns.map(quoteIdentifier).join(', ')
  const insert = `INSERT INTO ${quoteTable(table)} (${names}) OVERRIDING SYSTEM VALUE
    SELECT ${castColumns(table, columns).join(', ')} FROM ${unnestColumns(columns)} ORDER BY v."#"`
  let taken = 0
  for await (const { end, cells } of settledRows(connection, table, maker)) {
    const { rowCount } = await connection.query(insert, [...cells])
    taken += rowCount ?? 0
    tellProgress(progress, table.name, end, maker.rows)
  }
  return taken
}
