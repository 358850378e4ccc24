import type { Node } from 'libpg-query'
import { parseStatements } from '../../../postgres/statements/parse-statements.ts'
import type { Expression } from './expression.ts'
import { toExpression } from './to-expression.ts'

/**
 * Parses an expression as `pg_get_expr` writes it.
 * @param replaced what stands for a name: the expression of a generated column, the column for a domain's VALUE
 */
export async function parseExpression(
  sql: string,
  replaced: ReadonlyMap<string, Expression> = new Map(),
): Promise<Expression> {
  const [statement] = await parseStatements(`SELECT ${sql}`, 'a CHECK constraint')
  const select = statement?.node !== undefined && 'SelectStmt' in statement.node ? statement.node.SelectStmt : undefined
  const target: Node | undefined = select?.targetList?.[0]
  const value = target !== undefined && 'ResTarget' in target ? target.ResTarget.val : undefined
  return toExpression(value, replaced)
}
