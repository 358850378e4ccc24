import { resumedChanged } from './errors.ts'
import { hashStatement, type JournalRow } from './journal.ts'
import { type CommitGroup, groupStatements } from '../postgres/statements/commit-groups.ts'
import { parseStatements } from '../postgres/statements/parse-statements.ts'
import { isSurelyOneGroup, wholeFile } from '../postgres/statements/whole-file.ts'
import type { Statement } from '../postgres/statements/statement.ts'

/** A parsed script: what an earlier run committed of it, and the commit groups that are left. */
export interface PreparedScript {
  readonly done: readonly Statement[]
  readonly groups: readonly CommitGroup[]
}

/**
 * Parses a script before anything of the run is changed.
 * @throws STATEMENT_SYNTAX, STATEMENT_TRANSACTION_CONTROL, APPLY_RESUME_CHANGED
 */
export async function prepareScript(
  sql: string,
  file: string,
  journal: JournalRow | undefined,
): Promise<PreparedScript> {
  if (journal === undefined && isSurelyOneGroup(sql)) return { done: [], groups: [await wholeFile(sql, file)] }
  const statements = await parseStatements(sql, file)
  const groups = groupStatements(statements)
  const committed = journal?.done ?? []
  if (committed.length === 0) return { done: [], groups }
  // BEGIN and COMMIT of the file are in no group, and so in no journal.
  const sent = groups.flatMap((group) => group.statements)
  const done = sent.slice(0, committed.length)
  if (committed.some((hash, index) => done[index] === undefined || hashStatement(done[index]) !== hash)) {
    throw resumedChanged(file, committed.length)
  }
  const rest = new Set(sent.slice(committed.length))
  const left = groups
    .map((group) => ({ ...group, statements: group.statements.filter((statement) => rest.has(statement)) }))
    .filter((group) => group.statements.length > 0)
  return { done, groups: left }
}
