import type { Expression } from '../expressions/expression.ts'
import type { CheckContext } from './check-context.ts'
import { compareExpressions } from './compare.ts'
import { matchText } from './match-text.ts'
import { always, either, inDomains, never, type Outcome, together, unknownBecause } from './outcome.ts'

/** Functions and operators whose result is NULL where an argument is, and only there. */
const strict: ReadonlySet<string> = new Set([
  'lower', 'upper', 'btrim', 'ltrim', 'rtrim', 'trim', 'length', 'char_length', 'octet_length', 'cardinality', 'abs',
  'left', 'right', '+', '-', '*', '||', 'round', 'floor', 'ceil', 'date_trunc', 'extract', 'md5', 'reverse',
])

/** What must be so that an expression is NULL, or is not. */
export function nullness(expression: Expression, isNull: boolean, context: CheckContext): Outcome {
  const each = (parts: readonly Expression[]): readonly Outcome[] =>
    parts.map((part) => nullness(part, isNull, context))
  switch (expression.kind) {
    case 'column':
      return inDomains(expression.name, [{ null: isNull ? 'always' : 'never', patterns: [] }])
    case 'constant':
      return (expression.text === null) === isNull ? always : never
    case 'cast':
      return nullness(expression.of, isNull, context)
    case 'row':
      return together(each(expression.args), context)
    case 'coalesce':
      return isNull ? together(each(expression.args), context) : either(each(expression.args))
    case 'nullif': {
      const { left, right } = expression
      if (!isNull) return compareExpressions(left, '<>', right, false, context)
      return either([nullness(left, true, context), compareExpressions(left, '=', right, false, context)])
    }
    case 'operator': {
      const parts = [expression.left, expression.right].filter((part) => part !== undefined)
      if (!strict.has(expression.name)) return unknownBecause(`whether ${expression.name} gives NULL`)
      return isNull ? either(each(parts)) : together(each(parts), context)
    }
    case 'call': {
      const [first, second] = expression.args
      if (expression.name === 'regexp_match' && first !== undefined && second !== undefined && !isNull) {
        return matchText(first, '~', second, false, false, context)
      }
      if (expression.name === 'array_position') return nullPosition(expression.args, isNull, context)
      if (!strict.has(expression.name)) return unknownBecause(`whether ${expression.name}() gives NULL`)
      return isNull ? either(each(expression.args)) : together(each(expression.args), context)
    }
    default:
      return unknownBecause('whether such an expression is NULL')
  }
}

/** `array_position(x, NULL) IS NULL`: no element is NULL. */
function nullPosition([of, wanted]: readonly Expression[], isNull: boolean, context: CheckContext): Outcome {
  const isForNull = wanted?.kind === 'constant' && wanted.text === null
  if (!isForNull || !isNull || of?.kind !== 'column' || !context.columns.has(of.name)) {
    return unknownBecause('the function array_position()')
  }
  return inDomains(of.name, [{ null: 'allowed', patterns: [], elements: { null: 'never', patterns: [] } }])
}
