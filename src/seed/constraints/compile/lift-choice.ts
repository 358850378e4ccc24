import type { Branch, Expression } from '../expressions/expression.ts'

/** A CASE whose results are whole expressions. */
export interface Choice {
  readonly branches: readonly Branch[]
  readonly otherwise: Expression
}

/**
 * Draws COALESCE and CASE out of what they stand in: `COALESCE(x, 0) > 1` is
 * `CASE WHEN x IS NOT NULL THEN x > 1 ELSE 0 > 1 END`.
 */
export function liftChoice(expression: Expression): Choice | undefined {
  switch (expression.kind) {
    case 'coalesce': {
      const last = expression.args.at(-1)
      if (last === undefined) return undefined
      const branch = (of: Expression): Branch => ({ when: { kind: 'isNull', isNot: true, of }, result: of })
      const branches = expression.args.slice(0, -1).map(branch)
      return { branches, otherwise: last }
    }
    case 'case':
      return expression
    case 'cast':
      // A truth value that is cast is counted, not chosen.
      return rebuilt(expression.of, (of) => ({ ...expression, of }))
    case 'call': {
      const [first, ...others] = expression.args
      return first === undefined ? undefined : rebuilt(first, (one) => ({ ...expression, args: [one, ...others] }))
    }
    case 'operator': {
      const { left, right } = expression
      const fromLeft = left === undefined ? undefined : rebuilt(left, (one) => ({ ...expression, left: one }))
      return fromLeft ?? rebuilt(right, (one) => ({ ...expression, right: one }))
    }
    default:
      return undefined
  }
}

function rebuilt(part: Expression, build: (part: Expression) => Expression): Choice | undefined {
  const choice = liftChoice(part)
  if (choice === undefined) return undefined
  return {
    branches: choice.branches.map(({ when, result }) => ({ when, result: build(result) })),
    otherwise: build(choice.otherwise),
  }
}
