import { parseStatements } from '../postgres/statements/parse-statements.ts'
import { isFailure } from '../errors/failure.ts'
import { expressionInvalid } from './errors.ts'

/** What an answer's SQL expression refers to. */
export interface ExpressionFacts {
  readonly hasSubselect: boolean
  /** The tables of its sub-selects. */
  readonly tables: readonly string[]
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
  const tables: string[] = []
  let hasSubselect = false
  visit(statements[0]?.node, (key, value) => {
    if (key === 'SubLink') hasSubselect = true
    if (key === 'RangeVar' && isRecord(value) && typeof value['relname'] === 'string') tables.push(value['relname'])
  })
  return { hasSubselect, tables }
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
