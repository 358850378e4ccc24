import type { Expression } from '../expressions/expression.ts'
import type { Domain, Pattern } from '../domain.ts'
import { escapeRegExp, likePattern, similarPattern } from '../patterns/like-pattern.ts'
import { translateRegex } from '../patterns/postgres-regex.ts'
import type { CheckContext } from './check-context.ts'
import { type Outcome, unknownBecause, valueIn } from './outcome.ts'
import { type TextOperand, textOperand } from './text-operand.ts'

/** Only texts for which upper and lower case, letters and bytes are the same everywhere. */
export const asciiOnly: Pattern = { source: '^[\\x00-\\x7f]*$', ignoreCase: false, negated: false }

/** The operators that match a text with a pattern. */
export const matchOperators: ReadonlySet<string> = new Set(['~', '~*', '!~', '!~*', '~~', '~~*', '!~~', '!~~*', '^@'])

/** `x ~ 'pattern'` and its like. */
export function matchText(
  left: Expression,
  operator: string,
  right: Expression,
  negated: boolean,
  nullable: boolean,
  context: CheckContext,
): Outcome {
  const operand = textOperand(left, context)
  if (operand === undefined) return unknownBecause(`${operator} of something else than a text column`)
  const isNegated = negated !== operator.startsWith('!')
  const ignoreCase = operator.endsWith('*') || operand.ignoreCase
  const found = patternOf(operator.replace(/[!*]/g, ''), right)
  if (typeof found === 'string') return unknownBecause(found)
  const patterns: Pattern[] = [{ source: found.source, ignoreCase: ignoreCase || found.ignoreCase, negated: isNegated }]
  if (ignoreCase || found.asciiOnly) patterns.push(asciiOnly)
  return textIn(operand, nullable, { patterns })
}

/** A text in its normal form, within a domain. */
export function textIn(operand: TextOperand, nullable: boolean, domain: Partial<Domain>): Outcome {
  return valueIn(operand.column, nullable, [{ ...domain, patterns: [...(domain.patterns ?? []), ...operand.normal] }])
}

interface Found {
  readonly source: string
  readonly ignoreCase: boolean
  readonly asciiOnly: boolean
}

/** The pattern, or why there is none. */
function patternOf(operator: string, right: Expression): Found | string {
  const plain = (source: string | undefined): Found | string =>
    source === undefined ? 'a pattern that cannot be translated' : { source, ignoreCase: false, asciiOnly: false }
  const similar = similarText(right)
  if (operator === '~' && similar !== undefined) return plain(similarPattern(similar))
  const text = constantText(right)
  if (text === undefined) return 'a pattern that is no constant'
  if (operator === '~~') return plain(likePattern(text))
  if (operator === '^@') return plain(`^${escapeRegExp(text)}`)
  return translateRegex(text)
}

/** `x SIMILAR TO 'pattern'` is written `x ~ similar_to_escape('pattern')`. */
function similarText(expression: Expression): string | undefined {
  if (expression.kind !== 'call' || expression.name !== 'similar_to_escape' || expression.args.length !== 1) return undefined
  return expression.args[0] === undefined ? undefined : constantText(expression.args[0])
}

/** The text of a literal. */
export function constantText(expression: Expression): string | undefined {
  return expression.kind === 'constant' ? (expression.text ?? undefined) : undefined
}
