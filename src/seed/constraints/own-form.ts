import { isFailure } from '../../errors/failure.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import { uniqueSets } from '../plan/unique-sets.ts'
import { columnsOf, type Expression } from './expressions/expression.ts'
import { parseExpression } from './expressions/parse-expression.ts'

/** What turns any value of a column into one that a check takes: `round(price, 2)` of `price = round(price, 2)`. */
export interface OwnForm {
  readonly column: string
  /** SQL over the column. */
  readonly expression: string
}

/**
 * Of a check that asks a column to be the same as an expression over it alone: whatever the functions in it do, they
 * do nothing to what they have made, as `lower`, `round`, `btrim` and `date_trunc`. Undefined for other checks, and
 * where two values that are made the same would be one too many.
 */
export async function ownForm(check: string, table: TableFacts): Promise<OwnForm | undefined> {
  const whole = await parsed(check)
  if (whole?.kind !== 'operator' || whole.name !== '=') return undefined
  const [column, ...others] = columnsOf(whole)
  const facts = table.columns.find(({ name }) => name === column)
  if (column === undefined || others.length > 0 || facts === undefined) return undefined
  if (facts.generated !== undefined) return undefined
  const isKey = [...uniqueSets(table), ...table.foreignKeys].some(({ columns }) => columns.includes(column))
  if (isKey) return undefined
  const text = /^\((.*)\)$/s.exec(check)?.[1] ?? check
  for (let at = text.indexOf(' = '); at !== -1; at = text.indexOf(' = ', at + 1)) {
    const sides = [text.slice(0, at), text.slice(at + ' = '.length)] as const
    const [left, right] = [await parsed(sides[0]), await parsed(sides[1])]
    if (left === undefined || right === undefined) continue
    if (isColumn(left) && columnsOf(right).has(column)) return { column, expression: sides[1] }
    if (isColumn(right) && columnsOf(left).has(column)) return { column, expression: sides[0] }
  }
  return undefined
}

function isColumn(expression: Expression): boolean {
  return expression.kind === 'cast' ? isColumn(expression.of) : expression.kind === 'column'
}

async function parsed(sql: string): Promise<Expression | undefined> {
  try {
    return await parseExpression(sql)
  } catch (error) {
    if (isFailure(error)) return undefined
    throw error
  }
}
