import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import type { Cell } from '../cell.ts'
import type { AskedCheck } from '../constraints/domain.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import { castColumns, unnestColumns } from './table-target.ts'

/** A row of a batch that a check refuses. */
export interface RefusedRow {
  /** From 0. */
  readonly place: number
  readonly check: AskedCheck
}

/**
 * Asks the database which rows of a batch its checks would refuse: nothing is written.
 * @param cells by column, then by row
 */
export async function askChecks(
  connection: Connection,
  table: TablePlan,
  columns: readonly string[],
  cells: readonly (readonly Cell[])[],
): Promise<readonly RefusedRow[]> {
  const { asked } = table.checks
  if (asked.length === 0) return []
  const generated = table.facts.columns.flatMap(({ name, generated: expression }) =>
    expression === undefined ? [] : [`(${expression}) AS ${quoteIdentifier(name)}`],
  )
  const verdicts = asked.map(({ expression }, place) => `WHEN (${expression}) IS FALSE THEN ${place}`).join(' ')
  const made = `SELECT ${[...castColumns(table, columns), 'v."#"'].join(', ')} FROM ${unnestColumns(columns)}`
  const whole = generated.length === 0 ? made : `SELECT *, ${generated.join(', ')} FROM (${made}) AS made`
  const { rows } = await connection.query<{ row: string; check: number }>(
    `SELECT "#" AS row, CASE ${verdicts} END AS check FROM (${whole}) AS ${quoteIdentifier(table.facts.name)}
     WHERE CASE ${verdicts} END IS NOT NULL`,
    cells.map((column) => [...column]),
  )
  return rows.flatMap(({ row, check }) => {
    const found = asked[check]
    return found === undefined ? [] : [{ place: Number(row) - 1, check: found }]
  })
}
