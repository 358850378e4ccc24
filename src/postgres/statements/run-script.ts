import { groupStatements, type CommitGroup } from './commit-groups.ts'
import { errorOffset, explainStatementError } from './explain-error.ts'
import { explainGroupError, groupScript } from './group-script.ts'
import { parseStatements } from './parse-statements.ts'
import { rollBack, sendScript } from './send-script.ts'
import type { Connection } from '../connect.ts'

/**
 * Runs an SQL file for a rehearsal: its commit groups one after the other, without retry and without a journal.
 * A file that surely is one group is sent as it stands, in one round trip and without being parsed.
 * Where a group fails, the groups before it stay committed.
 * @throws STATEMENT_SYNTAX, STATEMENT_FAILED, STATEMENT_TRANSACTION_CONTROL
 */
export async function runScript(connection: Connection, sql: string, file: string): Promise<void> {
  if (mayNeedGroups.test(sql)) {
    for (const group of groupStatements(await parseStatements(sql, file))) await runGroup(connection, group)
    return
  }
  if (sql.trim() === '') return
  const problem = await sendScript(connection, sql)
  if (problem === undefined) return
  // Parsing first: a syntax error gets the parser's place, and any other error needs its statement.
  const [group] = groupStatements(await parseStatements(sql, file))
  if (group === undefined) throw problem.error
  throw explainWholeFile(problem.error, problem.completed, sql, group)
}

/**
 * Words without which a file is one commit group: no statement that refuses a transaction, no new enum value,
 * no transaction control. A word in a comment or a name only costs the parsing.
 */
const mayNeedGroups =
  /\b(concurrently|vacuum|reindex|cluster|database|system|tablespace|subscription|discard|value|begin|start|commit|end|rollback|abort|prepare|prepared)\b/i

async function runGroup(connection: Connection, group: CommitGroup): Promise<void> {
  const script = groupScript(group)
  const problem = await sendScript(connection, script.text)
  if (problem === undefined) return
  if (group.transactional) await rollBack(connection)
  throw explainGroupError(problem, script, group)
}

/** The sent text is the file itself, so the server's position is the file's. */
function explainWholeFile(error: unknown, completed: number, sql: string, group: CommitGroup): Error {
  const offset = errorOffset(error, sql)
  const found =
    offset === undefined
      ? group.statements[completed]
      : group.statements.findLast((statement) => statement.start <= offset)
  const statement = found ?? group.statements.at(-1)
  if (statement === undefined) throw error
  return explainStatementError(error, statement, offset === undefined ? 0 : offset - statement.start)
}
