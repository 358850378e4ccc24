import type { Expression } from '../expressions/expression.ts'
import type { CheckContext } from './check-context.ts'
import type { Comparison } from './compare-quantities.ts'
import { nullness } from './nullness.ts'
import { either, type Outcome, together, unknownBecause } from './outcome.ts'
import type { truth } from './truth.ts'

/** Conditions of which so many should hold: `num_nonnulls(a, b) = 1`, `(a IS NULL)::int + (b IS NULL)::int <= 1`. */
export interface TruthCount {
  readonly conditions: readonly Expression[]
  readonly limit: number
}

/** Each more doubles the cases. */
const mostConditions = 8

/** Reads a number of conditions that is compared with a literal; undefined for anything else. */
export function countOf(left: Expression, right: Expression, context: CheckContext): TruthCount | undefined {
  const limit = right.kind === 'constant' && right.text !== null ? Number(right.text) : Number.NaN
  const conditions = counted(left, context)
  return Number.isNaN(limit) || conditions === undefined ? undefined : { conditions, limit }
}

/** Every choice of the conditions whose number is in the relation to the limit. */
export function outcomeOfCount(
  { conditions, limit }: TruthCount,
  operator: Comparison,
  context: CheckContext,
  holds: typeof truth,
): Outcome {
  if (conditions.length > mostConditions) return unknownBecause('a count of more than eight conditions')
  const ways: Outcome[] = []
  for (let choice = 0; choice < 2 ** conditions.length; choice++) {
    const values = conditions.map((_, place) => Math.floor(choice / 2 ** place) % 2 === 1)
    if (!isCount(values.filter(Boolean).length, operator, limit)) continue
    const parts = conditions.map((condition, place) =>
      holds(condition, { value: values[place] === true, nullable: false }, context),
    )
    ways.push(together(parts, context))
  }
  return either(ways)
}

function isCount(count: number, operator: Comparison, limit: number): boolean {
  switch (operator) {
    case '<':
      return count < limit
    case '<=':
      return count <= limit
    case '=':
      return count === limit
    case '<>':
      return count !== limit
    case '>=':
      return count >= limit
    case '>':
      return count > limit
  }
}

function counted(expression: Expression, context: CheckContext): readonly Expression[] | undefined {
  switch (expression.kind) {
    case 'call': {
      if (!/^num_(?:non)?nulls$/.test(expression.name)) return undefined
      const isNot = expression.name === 'num_nonnulls'
      return expression.args.map((of) => ({ kind: 'isNull', isNot, of }))
    }
    case 'cast':
      // Only what never is NULL may be counted: a NULL would make the sum NULL.
      return /^int[248]$/.test(expression.to) && isDefinite(expression.of, context) ? [expression.of] : undefined
    case 'operator': {
      if (expression.name !== '+' || expression.left === undefined) return undefined
      const [left, right] = [counted(expression.left, context), counted(expression.right, context)]
      return left === undefined || right === undefined ? undefined : [...left, ...right]
    }
    default:
      return undefined
  }
}

function isDefinite(expression: Expression, context: CheckContext): boolean {
  switch (expression.kind) {
    case 'isNull':
    case 'isTruth':
    case 'distinct':
      return true
    case 'column': {
      const facts = context.columns.get(expression.name)
      return facts?.baseType === 'bool' && facts.notNull && nullness(expression, false, context).cases.length > 0
    }
    case 'not':
      return isDefinite(expression.of, context)
    case 'and':
    case 'or':
      return expression.parts.every((part) => isDefinite(part, context))
    default:
      return false
  }
}
