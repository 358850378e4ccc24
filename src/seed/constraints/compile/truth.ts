import type { Expression } from '../expressions/expression.ts'
import type { CheckContext } from './check-context.ts'
import { containment, containmentOperators } from './containment.ts'
import { countOf, outcomeOfCount } from './count-truths.ts'
import { compareExpressions, isComparison, oppositeOf } from './compare.ts'
import { liftChoice } from './lift-choice.ts'
import { matchOperators, matchText } from './match-text.ts'
import { nullness } from './nullness.ts'
import { always, either, never, type Outcome, together, unknownBecause, valueIn } from './outcome.ts'
import { withArray } from './with-array.ts'

/** What a condition should come out as: this truth value, or NULL as well. A CHECK passes where it is not false. */
export interface Wanted {
  readonly value: boolean
  readonly nullable: boolean
}

/** The ways in which a condition comes out as wanted, by SQL's three-valued logic. */
export function truth(condition: Expression, wanted: Wanted, context: CheckContext): Outcome {
  const { value, nullable } = wanted
  const all = (parts: readonly Expression[]): readonly Outcome[] => parts.map((part) => truth(part, wanted, context))
  switch (condition.kind) {
    case 'constant':
      if (condition.text === null) return nullable ? always : never
      return /^t(?:rue)?$/i.test(condition.text) === value ? always : never
    case 'column':
      if (context.columns.get(condition.name)?.baseType !== 'bool') return unknownBecause(`the column ${condition.name}`)
      return valueIn(condition.name, nullable, [{ values: [value ? 't' : 'f'] }])
    case 'cast':
      return condition.to === 'bool' ? truth(condition.of, wanted, context) : unknownBecause(`a cast to ${condition.to}`)
    case 'and':
      return value ? together(all(condition.parts), context) : either(all(condition.parts))
    case 'or':
      return value ? either(all(condition.parts)) : together(all(condition.parts), context)
    case 'not':
      return truth(condition.of, { value: !value, nullable }, context)
    case 'isNull':
      return nullness(condition.of, condition.isNot !== value, context)
    case 'isTruth': {
      const { truth: tested, of } = condition
      const isPositive = condition.isNot !== value
      if (tested === null) return nullness(of, isPositive, context)
      return truth(of, isPositive ? { value: tested, nullable: false } : { value: !tested, nullable: true }, context)
    }
    case 'distinct':
      return distinctness(condition.left, condition.right, condition.isNot === value, context)
    case 'case':
      return choice(condition.branches, condition.otherwise, wanted, context)
    case 'coalesce': {
      const lifted = liftChoice(condition)
      return lifted === undefined ? unknownBecause('COALESCE') : choice(lifted.branches, lifted.otherwise, wanted, context)
    }
    case 'any':
    case 'all':
      return withArray(condition, wanted, context, truth)
    case 'operator':
      return operation(condition, wanted, context)
    case 'call':
      return call(condition.name, condition.args, wanted, context)
    default:
      return unknownBecause(condition.kind === 'unknown' ? condition.what : `${condition.kind} as a condition`)
  }
}

/** WHEN after WHEN: a branch is taken where its condition is true and those before it are not. */
function choice(
  branches: readonly { readonly when: Expression; readonly result: Expression }[],
  otherwise: Expression,
  wanted: Wanted,
  context: CheckContext,
): Outcome {
  const passed: Outcome[] = []
  const ways: Outcome[] = []
  for (const { when, result } of branches) {
    const taken = truth(when, { value: true, nullable: false }, context)
    ways.push(together([...passed, taken, truth(result, wanted, context)], context))
    passed.push(truth(when, { value: false, nullable: true }, context))
  }
  return either([...ways, together([...passed, truth(otherwise, wanted, context)], context)])
}

/** IS DISTINCT FROM, which never is NULL. */
function distinctness(left: Expression, right: Expression, isSame: boolean, context: CheckContext): Outcome {
  const nulls = (first: boolean, second: boolean): Outcome =>
    together([nullness(left, first, context), nullness(right, second, context)], context)
  if (left.kind === 'constant' && left.text === null) return nullness(right, isSame, context)
  if (right.kind === 'constant' && right.text === null) return nullness(left, isSame, context)
  const isConstant = left.kind === 'constant' || right.kind === 'constant'
  if (isSame) {
    const equal = compareExpressions(left, '=', right, false, context)
    return isConstant ? equal : either([equal, nulls(true, true)])
  }
  if (isConstant) return compareExpressions(left, '<>', right, true, context)
  return either([compareExpressions(left, '<>', right, false, context), nulls(true, false), nulls(false, true)])
}

function operation(
  condition: Expression & { readonly kind: 'operator' },
  wanted: Wanted,
  context: CheckContext,
): Outcome {
  const { name, left, right } = condition
  if (left === undefined) return unknownBecause(`the operator ${name}`)
  const lifted = liftChoice(condition)
  if (lifted !== undefined) return choice(lifted.branches, lifted.otherwise, wanted, context)
  if (matchOperators.has(name)) return matchText(left, name, right, !wanted.value, wanted.nullable, context)
  if (name === '<@') return withArray({ kind: 'all', name, left, right }, wanted, context, truth)
  if (containmentOperators.has(name)) return containment(condition, wanted, context)
  if (!isComparison(name)) return unknownBecause(`the operator ${name}`)
  const operator = wanted.value ? name : oppositeOf(name)
  if (isCondition(left, context) && isCondition(right, context)) {
    return equality(left, operator, right, wanted.nullable, context)
  }
  const count = countOf(left, right, context)
  if (count !== undefined) return outcomeOfCount(count, operator, context, truth)
  const extreme = left.kind === 'extreme' ? left : undefined
  if (extreme !== undefined) {
    const parts = extreme.args.map((part) => compareExpressions(part, operator, right, wanted.nullable, context))
    if (operator === '=' || operator === '<>') return unknownBecause('equality with GREATEST or LEAST')
    return operator.startsWith('<') === extreme.isGreatest ? together(parts, context) : either(parts)
  }
  if (right.kind === 'extreme') {
    const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }
    return operation({ ...condition, name: mirrored[name] ?? name, left: right, right: left }, wanted, context)
  }
  return compareExpressions(left, operator, right, wanted.nullable, context)
}

/** Two conditions that agree, or do not: `(a IS NULL) = (b IS NULL)`. */
function equality(
  left: Expression,
  operator: string,
  right: Expression,
  nullable: boolean,
  context: CheckContext,
): Outcome {
  if (operator !== '=' && operator !== '<>') return unknownBecause('the order of truth values')
  if (left.kind === 'constant' && right.kind !== 'constant') return equality(right, operator, left, nullable, context)
  if (right.kind === 'constant' && right.text !== null) {
    return truth(left, { value: (right.text === 't') === (operator === '='), nullable }, context)
  }
  const at = (condition: Expression, value: boolean): Outcome => truth(condition, { value, nullable: false }, context)
  return either(
    [true, false].map((value) => together([at(left, value), at(right, operator === '=' ? value : !value)], context)),
  )
}

const conditionKinds: ReadonlySet<string> = new Set(['and', 'or', 'not', 'isNull', 'isTruth', 'distinct', 'any', 'all'])

function isCondition(expression: Expression, context: CheckContext): boolean {
  if (conditionKinds.has(expression.kind)) return true
  switch (expression.kind) {
    case 'constant':
      return expression.type === 'bool'
    case 'column':
      return context.columns.get(expression.name)?.baseType === 'bool' && context.line(expression.name) !== undefined
    case 'operator':
      return isComparison(expression.name) || matchOperators.has(expression.name)
    case 'call':
      return /^(?:starts_with|isempty|regexp_like)$/.test(expression.name)
    default:
      return false
  }
}

function call(name: string, args: readonly Expression[], { value, nullable }: Wanted, context: CheckContext): Outcome {
  const [first, second] = args
  if (first !== undefined && second !== undefined && args.length === 2) {
    if (name === 'starts_with') return matchText(first, '^@', second, !value, nullable, context)
    if (name === 'regexp_like') return matchText(first, '~', second, !value, nullable, context)
  }
  // Ranges that are made are never empty, and an empty one is refused as a candidate.
  if (name === 'isempty' && first?.kind === 'column') {
    return valueIn(first.name, nullable, [value ? { values: ['empty'] } : {}])
  }
  return unknownBecause(`the function ${name}()`)
}
