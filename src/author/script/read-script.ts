import { parseStatements } from '../../postgres/statements/parse-statements.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import type { Operation } from './operation.ts'
import { readEnumReplacement } from './read-enum-replacement.ts'
import { readStatement } from './read-statement.ts'

/**
 * Reads what Prisma's engine wrote. Its output is a closed set of forms; one that is not
 * known here becomes an operation of kind `other` and is kept word for word.
 */
export async function readScript(script: string): Promise<readonly Operation[]> {
  const statements = await parseStatements(script, 'the difference')
  const operations: Operation[] = []
  for (let at = 0; at < statements.length; ) {
    const replacement = readEnumReplacement(statements, at)
    if (replacement !== undefined) {
      operations.push(replacement.operation)
      at = replacement.next
      continue
    }
    const statement = statements[at]
    if (statement !== undefined) operations.push(withHeading(readStatement(statement), script, statement))
    at++
  }
  return operations
}

/** The engine's comment just above the statement: `-- AlterTable`. */
function withHeading(operation: Operation, script: string, statement: Statement): Operation {
  const above = script.slice(0, statement.start).trimEnd()
  const heading = /(?:^|\n)-- ([A-Z][A-Za-z]+)$/.exec(above)?.[1]
  return heading === undefined ? operation : { ...operation, heading }
}
