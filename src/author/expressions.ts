import { parseStatements } from '../postgres/statements/parse-statements.ts'
import { isFailure } from '../errors/failure.ts'
import type { Answers } from './answers.ts'
import { noFill } from './decisions/fill-question.ts'
import { expressionInvalid } from './errors.ts'

/** What an answer's SQL expression refers to. */
export interface ExpressionFacts {
  readonly hasSubselect: boolean
  /** The tables of its sub-selects. */
  readonly tables: readonly string[]
}

/**
 * Every answer that is an expression, before any of them becomes a part of a statement.
 * @throws AUTHOR_EXPRESSION_INVALID
 */
export async function checkExpressions({ fill, cast }: Answers): Promise<void> {
  for (const [kind, answers] of Object.entries({ fill, cast })) {
    for (const [subject, expression] of Object.entries(answers)) {
      if (kind !== 'fill' || expression !== noFill) await readExpression(expression, `--${kind} ${subject}`)
    }
  }
}

/** The expression as a part of a statement: a comment in its last line must not swallow what follows. */
export function enclose(expression: string): string {
  return expression.includes('--') ? `(${expression}\n)` : `(${expression})`
}

/**
 * Reads an answer's expression with PostgreSQL's parser.
 * @param flag the flag that holds it, for the failure
 * @throws AUTHOR_EXPRESSION_INVALID
 */
export async function readExpression(expression: string, flag: string): Promise<ExpressionFacts> {
  const statements = await parseStatements(`SELECT (${expression}\n)`, flag).catch((error: unknown) => {
    throw isFailure(error) ? expressionInvalid(flag, error.details.why ?? error.message) : error
  })
  if (statements.length !== 1) throw expressionInvalid(flag, 'It is more than one statement.')
  if (!isOneValue(statements[0]?.node)) throw expressionInvalid(flag, 'It is more than one expression.')
  const tables: string[] = []
  let hasSubselect = false
  visit(statements[0]?.node, (key, value) => {
    if (key === 'SubLink') hasSubselect = true
    if (key === 'RangeVar' && isRecord(value) && typeof value['relname'] === 'string') tables.push(value['relname'])
  })
  return { hasSubselect, tables }
}

/** Nothing but one value to select: what closes the parenthesis can go on with a FROM or a second value. */
function isOneValue(node: unknown): boolean {
  const select = isRecord(node) ? node['SelectStmt'] : undefined
  if (!isRecord(select) || !Array.isArray(select['targetList']) || select['targetList'].length !== 1) return false
  const known = ['targetList', 'limitOption', 'op']
  const [target] = select['targetList'] as readonly unknown[]
  const value = isRecord(target) ? target['ResTarget'] : undefined
  return Object.keys(select).every((key) => known.includes(key)) && isRecord(value) && value['name'] === undefined
}

function visit(node: unknown, see: (key: string, value: unknown) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, see)
  } else if (isRecord(node)) {
    for (const [key, value] of Object.entries(node)) {
      see(key, value)
      visit(value, see)
    }
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
