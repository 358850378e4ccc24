import type { Connection } from '../../postgres/connect.ts'
import type { Cell } from '../cell.ts'
import { checkUnmet } from '../plan/errors.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import type { RowMaker } from '../rows/row-maker.ts'
import { askChecks } from './ask-checks.ts'

/** Rows that no check refuses. */
export interface SettledRows {
  /** The number of the first, and of the one after the last. */
  readonly start: number
  readonly end: number
  /** By column, then by row. */
  readonly cells: readonly Cell[][]
}

const rowsPerBatch = 5000
const mostAttempts = 60

/**
 * The rows of a table in batches. Where a check must be asked, a row that it refuses is made again, with the next
 * attempt of its address, until none is refused.
 * @throws SEED_CHECK_UNMET
 */
export async function* settledRows(
  connection: Connection,
  table: TablePlan,
  maker: RowMaker,
): AsyncGenerator<SettledRows> {
  for (let start = 0; start < maker.rows; start += rowsPerBatch) {
    const end = Math.min(maker.rows, start + rowsPerBatch)
    const cells: Cell[][] = maker.columns.map(() => [])
    for (let row = start; row < end; row++) put(cells, row - start, maker.row(row))
    await settle(connection, table, maker, { start, cells })
    yield { start, end, cells }
  }
}

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
