import type { Connection } from '../../postgres/connect.ts'
import type { Cell } from '../cell.ts'
import { checkUnmet } from '../plan/errors.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import type { RowMaker } from '../rows/row-maker.ts'
import { askChecks, askOwnForm, type RefusedRow } from './ask-checks.ts'

/** Rows that no check refuses. */
export interface SettledRows {
  /** The number of the first, and of the one after the last. */
  readonly start: number
  readonly end: number
  /** By column, then by row. */
  readonly cells: readonly Cell[][]
}

const rowsPerBatch = 5000
/** Odd: the last of them gave the rows the form that checks ask for. */
const mostAttempts = 61

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
    if (attempt % 2 === 1 && (await repair(connection, table, maker.columns, { cells: batch.cells, refused }))) continue
    for (const { place } of refused) put(batch.cells, place, maker.row(batch.start + place, attempt))
  }
}

/**
 * Gives the values of refused rows the form that a check asks for, where one is known: at every second attempt, since
 * another check may refuse the form. @returns true where they got it
 */
async function repair(
  connection: Connection,
  table: TablePlan,
  columns: readonly string[],
  { cells, refused }: { readonly cells: Cell[][]; readonly refused: readonly RefusedRow[] },
): Promise<boolean> {
  const forms = table.checks.asked.flatMap(({ ownForm }) => ownForm ?? [])
  for (const form of forms) {
    const values = await askOwnForm(connection, table, form, { columns, cells })
    const target = cells[columns.indexOf(form.column)]
    if (target !== undefined) for (const { place } of refused) target[place] = values[place] ?? null
  }
  return forms.length > 0
}

function put(cells: Cell[][], place: number, row: readonly Cell[]): void {
  row.forEach((cell, column) => {
    const target = cells[column]
    if (target !== undefined) target[place] = cell
  })
}
