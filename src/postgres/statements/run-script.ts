import { type CommitGroup, groupStatements } from './commit-groups.ts'
import { explainGroupError, groupScript } from './group-script.ts'
import { parseStatements } from './parse-statements.ts'
import { rollBack, sendScript } from './send-script.ts'
import { isSurelyOneGroup } from './whole-file.ts'
import type { Connection } from '../connect.ts'

/**
 * Runs an SQL file for a rehearsal: its commit groups one after the other, without retry and without a journal.
 * A file that surely is one group is sent as it stands, in one round trip, and parsed only where it fails.
 * Where a group fails, the groups before it stay committed.
 * @throws STATEMENT_SYNTAX, STATEMENT_FAILED, STATEMENT_TRANSACTION_CONTROL
 */
export async function runScript(connection: Connection, sql: string, file: string): Promise<void> {
  const groups = isSurelyOneGroup(sql)
    ? [{ statements: [], transactional: true, whole: { text: sql, file } }]
    : groupStatements(await parseStatements(sql, file))
  for (const group of groups) await runGroup(connection, group)
}

async function runGroup(connection: Connection, group: CommitGroup): Promise<void> {
  const script = groupScript(group)
  const outcome = await sendScript(connection, script.text)
  if (outcome.error === undefined) return
  if (group.transactional) await rollBack(connection)
  throw await explainGroupError(outcome, { script, group })
}
