import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import type { Cell } from '../cell.ts'
import { checkUnmet } from '../plan/errors.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import type { RowMaker } from '../rows/row-maker.ts'
import { askChecks } from './ask-checks.ts'
import { type Progress, tellProgress } from './progress.ts'
import { castColumns, quoteTable, unnestColumns } from './table-target.ts'

const rowsPerStatement = 5000
const mostAttempts = 60

/**
 * Fills a table with `INSERT … SELECT unnest`, where COPY is not allowed or where a check must be asked first: a row
 * that it refuses is made again, with the next attempt of its address.
 * @throws SEED_CHECK_UNMET
 */
export async function insertTable(
  connection: Connection,
  table: TablePlan,
  maker: RowMaker,
  progress: Progress,
): Promise<void> {
  const { columns } = maker
  const names = columns.map(quoteIdentifier).join(', ')
  const insert = `INSERT INTO ${quoteTable(table)} (${names}) OVERRIDING SYSTEM VALUE
    SELECT ${castColumns(table, columns).join(', ')} FROM ${unnestColumns(columns)} ORDER BY v."#"`
  for (let start = 0; start < maker.rows; start += rowsPerStatement) {
    const end = Math.min(maker.rows, start + rowsPerStatement)
    const cells: Cell[][] = columns.map(() => [])
    for (let row = start; row < end; row++) put(cells, row - start, maker.row(row))
    await settle(connection, table, maker, { start, cells })
    await connection.query(insert, cells)
    tellProgress(progress, table.name, end, maker.rows)
  }
}

/** Makes refused rows again until none is refused. */
async function settle(
  connection: Connection,
  table: TablePlan,
  maker: RowMaker,
  batch: { readonly start: number; readonly cells: Cell[][] },
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const refused = await askChecks(connection, table, maker.columns, batch.cells)
    const [first] = refused
    if (first === undefined) return
    if (attempt > mostAttempts) throw checkUnmet(table.name, first.check.name, first.check.reason, attempt)
    for (const { place } of refused) put(batch.cells, place, maker.row(batch.start + place, attempt))
  }
}

function put(cells: Cell[][], place: number, row: readonly Cell[]): void {
  row.forEach((cell, column) => {
    const target = cells[column]
    if (target !== undefined) target[place] = cell
  })
}
