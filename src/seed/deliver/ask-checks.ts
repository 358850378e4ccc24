import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import type { Cell } from '../cell.ts'
import type { AskedCheck } from '../constraints/domain.ts'
import type { OwnForm } from '../constraints/own-form.ts'
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
  const verdicts = asked.map((check, place) => `WHEN (${conditionOf(check)}) IS FALSE THEN ${place}`).join(' ')
  const { rows } = await connection.query<{ row: string; check: number }>(
    `SELECT "#" AS row, CASE ${verdicts} END AS check FROM ${rowsAsTable(table, columns)}
     WHERE CASE ${verdicts} END IS NOT NULL`,
    cells.map((column) => [...column]),
  )
  return rows.flatMap(({ row, check }) => {
    const found = asked[check]
    return found === undefined ? [] : [{ place: Number(row) - 1, check: found }]
  })
}

/** A check as a condition over the row; a domain calls its value VALUE. */
function conditionOf({ expression, value }: AskedCheck): string {
  if (value === undefined) return expression
  const column = quoteIdentifier(value.column)
  if (!value.isElement) return `SELECT (${expression}) FROM (SELECT ${column} AS value) AS domain`
  return `NOT EXISTS (SELECT FROM unnest(${column}) AS domain (value) WHERE (${expression}) IS FALSE)`
}

/**
 * The values of a column in the form that a check asks for, of all rows of a batch.
 * @param cells by column, then by row
 */
export async function askOwnForm(
  connection: Connection,
  table: TablePlan,
  { column, expression }: OwnForm,
  { columns, cells }: { readonly columns: readonly string[]; readonly cells: readonly (readonly Cell[])[] },
): Promise<readonly Cell[]> {
  const type = table.facts.columns.find(({ name }) => name === column)?.type ?? 'text'
  const { rows } = await connection.query<{ form: string | null }>(
    `SELECT (${expression})::${type}::text AS form FROM ${rowsAsTable(table, columns)} ORDER BY "#"`,
    cells.map((one) => [...one]),
  )
  return rows.map(({ form }) => form)
}

/** Rows that are parameters, under the name of their table, with what it computes. */
function rowsAsTable(table: TablePlan, columns: readonly string[]): string {
  const generated = table.facts.columns.flatMap(({ name, generated: expression }) =>
    expression === undefined ? [] : [`(${expression}) AS ${quoteIdentifier(name)}`],
  )
  const made = `SELECT ${[...castColumns(table, columns, { isPlain: true }), 'v."#"'].join(', ')} FROM ${unnestColumns(columns)}`
  const whole = generated.length === 0 ? made : `SELECT *, ${generated.join(', ')} FROM (${made}) AS made`
  return `(${whole}) AS ${quoteIdentifier(table.facts.name)}`
}
