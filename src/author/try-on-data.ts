import type { Connection } from '../postgres/connect.ts'
import { groupStatements } from '../postgres/statements/commit-groups.ts'
import { explainStatementError } from '../postgres/statements/explain-error.ts'
import { parseStatements } from '../postgres/statements/parse-statements.ts'
import type { Statement } from '../postgres/statements/statement.ts'
import type { AddedUnique } from './change-plan.ts'
import { duplicatesFound } from './errors.ts'
import { findDuplicates } from './find-duplicates.ts'

/**
 * Runs a migration on the rows it will meet, in a transaction that is rolled back: what would fail
 * there fails before anything is written. A migration of several commit groups cannot be tried as
 * a whole; its first group is.
 * @param database a database at the history's end
 * @throws AUTHOR_DUPLICATES, STATEMENT_FAILED
 */
export async function tryOnData(
  database: Connection,
  sql: string,
  file: string,
  adds: readonly AddedUnique[],
): Promise<void> {
  const [group] = groupStatements(await parseStatements(sql, file))
  if (!group?.transactional) return
  await database.query('BEGIN')
  try {
    await database.query("SET LOCAL lock_timeout = '5s'")
    for (const statement of group.statements) await tryStatement(database, statement, adds)
  } finally {
    await database.query('ROLLBACK')
  }
}

async function tryStatement(database: Connection, statement: Statement, adds: readonly AddedUnique[]): Promise<void> {
  const unique = adds.find((added) => added.statement === statement.text)
  if (unique !== undefined) {
    const duplicates = await findDuplicates(database, unique)
    if (duplicates !== undefined) throw duplicatesFound(duplicates)
  }
  try {
    await database.query(statement.text)
  } catch (error) {
    throw explainStatementError(error, statement)
  }
}
