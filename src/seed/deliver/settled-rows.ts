import type { Connection } from '../../postgres/connect.ts'
import type { Cell } from '../cell.ts'
import { checkUnmet } from '../plan/errors.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import type { RowMaker } from '../rows/row-maker.ts'
import { askChecks, askOwnForm, type RefusedRow } from './ask-checks.ts'
import { tiedColumns } from './tied-columns.ts'

/** Rows that no check refuses. */
export interface SettledRows {
  /** The number of the first, and of the one after the last. */
  readonly start: number
  readonly end: number
  /** By column, then by row. */
  readonly cells: readonly Cell[][]
}

const rowsPerBatch = 5000
/** For each check that is asked; odd, so that the last of them gave the rows the form that checks ask for. */
const mostAttempts = 501

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

interface Batch {
  readonly start: number
  readonly cells: Cell[][]
}

async function settle(connection: Connection, table: TablePlan, maker: RowMaker, batch: Batch): Promise<void> {
  const { columns } = maker
  const { cells } = batch
  const { asked } = table.checks
  const ties = [...table.checks.tied, ...(table.denied?.tied ?? []), ...maker.ties]
  const isOwn = (place: number, column: string): boolean => maker.isOwn(batch.start + place, column)
  // What the user says is not made anew.
  const isFixed = ({ place, check }: RefusedRow): boolean =>
    check.columns.length > 0 && check.columns.every((column) => isOwn(place, column))
  const isRepairable = ({ place, check: { ownForm } }: RefusedRow): boolean =>
    ownForm !== undefined && !isOwn(place, ownForm.column)
  const changes = new Map(asked.map((check) => [check, tiedColumns(check, ties, columns)]))
  let refused = await askChecks(connection, table, columns, cells)
  for (let attempt = 1; ; attempt++) {
    const [first] = refused
    if (first === undefined) return
    const fixed = refused.find(isFixed)
    if (fixed !== undefined) throw unmet(fixed, attempt)
    if (attempt > mostAttempts * asked.length) throw unmet(first, attempt)
    const repairable = refused.filter(isRepairable)
    const isRepair = attempt % 2 === 1
    const repaired = isRepair ? await repair(connection, table, columns, { cells, refused: repairable }) : undefined
    for (const { place, check } of refused) {
      if (repaired?.has(place) === true) continue
      const isChanged = (column: string): boolean => changes.get(check)?.has(column) !== false
      put(cells, place, maker.row(batch.start + place, attempt), columns.map(isChanged))
    }
    // The others were taken already.
    const places = refused.map(({ place }) => place)
    const open = await askChecks(connection, table, columns, partOf(cells, places))
    refused = open.map(({ place, check }) => ({ place: places[place] ?? 0, check }))
  }

  function unmet({ place, check: { name, reason, columns: all } }: RefusedRow, attempts: number): Error {
    const own = all.filter((column) => isOwn(place, column))
    const fields = own.map((column) => `${table.name}.${table.fields.get(column)?.name ?? column}`)
    return checkUnmet(table.name, { check: name, reason, fields }, attempts)
  }
}

/**
 * Gives the values of refused rows the form that a check asks for, where one is known: at every second attempt, since
 * another check may refuse the form. @returns the places of those that got it
 */
async function repair(
  connection: Connection,
  table: TablePlan,
  columns: readonly string[],
  { cells, refused }: { readonly cells: Cell[][]; readonly refused: readonly RefusedRow[] },
): Promise<ReadonlySet<number>> {
  const repaired = new Set<number>()
  for (const check of new Set(refused.map((row) => row.check))) {
    const form = check.ownForm
    const target = cells[columns.indexOf(form?.column ?? '')]
    if (form === undefined || target === undefined) continue
    const places = refused.flatMap((row) => (row.check === check ? [row.place] : []))
    const values = await askOwnForm(connection, table, form, { columns, cells: partOf(cells, places) })
    for (const [at, place] of places.entries()) {
      target[place] = values[at] ?? null
      repaired.add(place)
    }
  }
  return repaired
}

function partOf(cells: readonly (readonly Cell[])[], places: readonly number[]): readonly Cell[][] {
  return cells.map((column) => places.map((place) => column[place] ?? null))
}

/** @param isChanged by column; all of them where it is left out */
function put(cells: Cell[][], place: number, row: readonly Cell[], isChanged?: readonly boolean[]): void {
  row.forEach((cell, column) => {
    const target = cells[column]
    if (target !== undefined && isChanged?.[column] !== false) target[place] = cell
  })
}
