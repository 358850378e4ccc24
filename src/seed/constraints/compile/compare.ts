import type { Expression } from '../expressions/expression.ts'
import { parseRational } from '../rational.ts'
import { arrayText } from '../samplers/container-text.ts'
import { boundOf } from '../samplers/line-sampler.ts'
import type { CheckContext } from './check-context.ts'
import { compareLength, lengthOperand } from './compare-length.ts'
import { compared, compareQuantities, type Comparison } from './compare-quantities.ts'
import { compareSpecial } from './compare-special.ts'
import { byCollation, compareText } from './compare-text.ts'
import { constantText } from './match-text.ts'
import { always, never, type Outcome, together, unknownBecause, valueIn } from './outcome.ts'
import { quantityOf } from './quantity.ts'
import { textOperand } from './text-operand.ts'

const comparisons: ReadonlySet<string> = new Set<Comparison>(['<', '<=', '=', '<>', '>=', '>'])
const opposite: Readonly<Record<Comparison, Comparison>> = {
  '<': '>=', '<=': '>', '=': '<>', '<>': '=', '>=': '<', '>': '<=',
}
const mirrored: Readonly<Record<Comparison, Comparison>> = { '<': '>', '<=': '>=', '=': '=', '<>': '<>', '>=': '<=', '>': '<' }

/** True for the name of a comparison. */
export function isComparison(name: string): name is Comparison {
  return comparisons.has(name)
}

/** The comparison that holds where this one does not, NULL apart. */
export function oppositeOf(operator: Comparison): Comparison {
  return opposite[operator]
}

/** What must be so that a comparison is true; or NULL as well. */
export function compareExpressions(
  left: Expression,
  operator: Comparison,
  right: Expression,
  nullable: boolean,
  context: CheckContext,
): Outcome {
  if (isNull(left) || isNull(right)) return nullable ? always : never
  if (left.kind === 'constant' && right.kind !== 'constant') {
    return compareExpressions(right, mirrored[operator], left, nullable, context)
  }
  const [first, second] = [quantityOf(left, context), quantityOf(right, context)]
  if (first !== undefined && second !== undefined) return compareQuantities(first, operator, second, nullable, context)
  const special = compareSpecial(left, operator, right, nullable, context)
  if (special !== undefined) return special
  const number = parseRational(constantText(right) ?? '')
  const length = lengthOperand(left, context)
  if (length !== undefined && number !== undefined) {
    return compareLength(length, operator, Number(number.n) / Number(number.d), nullable)
  }
  return (
    compareWithText(left, operator, right, nullable, context) ??
    compareColumns(left, operator, right, nullable, context)
  )
}

function compareWithText(
  left: Expression,
  operator: Comparison,
  right: Expression,
  nullable: boolean,
  context: CheckContext,
): Outcome | undefined {
  const text = constantText(right) ?? literalArray(right)
  if (text === undefined) return undefined
  if (left.kind === 'column') {
    const line = context.line(left.name)
    if (line !== undefined) {
      if (/^-?(?:infinity|NaN)$/i.test(text)) return beyondLine(left.name, operator, text, nullable)
      if (boundOf(line, { value: text, inclusive: true }) === undefined) return unknownBecause(`the value ${text}`)
      const bound = { value: text, inclusive: operator.endsWith('=') }
      const domain = {
        '<': { max: bound }, '<=': { max: bound }, '>': { min: bound }, '>=': { min: bound },
        '=': { values: [text] }, '<>': { excluded: [text] },
      }[operator]
      return valueIn(left.name, nullable, [domain])
    }
  }
  const operand = textOperand(left, context)
  if (operand !== undefined) return compareText(operand, operator, text, nullable)
  if (left.kind !== 'column' || !context.columns.has(left.name)) return undefined
  if (operator === '=') return valueIn(left.name, nullable, [{ values: [text] }])
  if (operator !== '<>') return unknownBecause(`the order of ${context.columns.get(left.name)?.type ?? 'such values'}`)
  // An empty array or object is excluded by what it looks like; other texts of one value may differ.
  const facts = context.columns.get(left.name)
  if ((facts?.arrayDimensions ?? 0) > 0 && text === '{}') return valueIn(left.name, nullable, [{ minLength: 1 }])
  return valueIn(left.name, nullable, [{ excluded: [text] }])
}

function literalArray(expression: Expression): string | undefined {
  if (expression.kind !== 'array') return undefined
  const elements = expression.elements.map(constantText)
  return elements.every((element) => element !== undefined) ? arrayText(elements) : undefined
}

/** Rows never hold infinity or NaN, which are above all other values. */
function beyondLine(column: string, operator: Comparison, text: string, nullable: boolean): Outcome {
  const isLowest = text.startsWith('-')
  const holds = operator === '<>' || (isLowest ? /^>/ : /^</).test(operator)
  return holds ? valueIn(column, nullable, [{}]) : valueIn(column, nullable, [{ values: [] }])
}

/** Two columns of the same type, of which at least equality is known. */
function compareColumns(
  left: Expression,
  operator: Comparison,
  right: Expression,
  nullable: boolean,
  context: CheckContext,
): Outcome {
  const [first, second] = [columnBelow(left), columnBelow(right)]
  const [one, other] = [context.columns.get(first ?? ''), context.columns.get(second ?? '')]
  if (one === undefined || other === undefined) return unknownBecause(describe(left, right))
  const same = one.name === other.name
  if (same) {
    // `lower(x) = x`, `btrim(x) = x`: the value is in the normal form.
    const operands = [left, right].map((side) => textOperand(side, context)).filter((side) => side !== undefined)
    if (operator !== '=' || operands.length < 2) return unknownBecause(describe(left, right))
    return together(operands.map(({ column, normal }) => valueIn(column, nullable, [{ patterns: normal }])), context)
  }
  const isPlain = left.kind === 'column' && right.kind === 'column'
  const texts = [textOperand(left, context), textOperand(right, context)]
  const isText = texts.every((operand) => operand?.normal.length === 0)
  if (!isPlain && !isText) return unknownBecause(describe(left, right))
  const isOrdered = context.line(one.name)?.unit === 'label' && one.type === other.type
  if (operator !== '=' && operator !== '<>' && !isOrdered) return byCollation
  if (one.baseType !== other.baseType && !isText) return unknownBecause(`${one.type} is compared with ${other.type}`)
  const isTurned = operator === '>' || operator === '>='
  const [from, to, relation] = isTurned ? [other, one, mirrored[operator]] : [one, other, operator]
  if (relation !== '<' && relation !== '<=' && relation !== '=' && relation !== '<>') return never
  const terms = [{ coefficient: '1', columns: [from.name] }, { coefficient: '-1', columns: [to.name] }]
  return compared({ terms, operator: relation }, [one.name, other.name], nullable)
}

function columnBelow(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'column':
      return expression.name
    case 'cast':
      return columnBelow(expression.of)
    case 'call': {
      const [argument, ...others] = expression.args
      return argument === undefined || others.length > 0 ? undefined : columnBelow(argument)
    }
    default:
      return undefined
  }
}

function isNull(expression: Expression): boolean {
  return expression.kind === 'constant' && expression.text === null
}

function describe(...expressions: readonly Expression[]): string {
  const call = expressions.find((expression) => expression.kind === 'call')
  if (call !== undefined) return `the function ${call.name}()`
  const unknown = expressions.find((expression) => expression.kind === 'unknown')
  if (unknown !== undefined) return unknown.what
  const operator = expressions.find((expression) => expression.kind === 'operator')
  return operator === undefined ? 'a comparison of this kind' : `the operator ${operator.name}`
}
