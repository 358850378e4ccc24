import { isArchiving } from '../../author/archive/is-archiving.ts'
import type { Statement } from '../../postgres/statements/statement.ts'

/**
 * What the search for rows that break a migration does not look into: blocks of code that ask something of rows. They
 * are run all the same, with the rows that are there.
 */
export function unreadCode(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap((statement) => {
    const { node, line, text } = statement
    const isAsking = 'DoStmt' in node ? demands.test(text) && !isArchiving(statement) : 'CallStmt' in node
    if (!isAsking) return []
    const what = 'DoStmt' in node ? 'the DO block' : 'the procedure called'
    return [`${what} in line ${String(line)} was run, but not read: rows at which it may stop were not looked for`]
  })
}

/** What rows that are there can fail at. */
const demands =
  /\b(unique|not\s+null|primary\s+key|foreign\s+key|references|check|exclude|validate|type|insert|update|merge|attach|execute)\b/i
