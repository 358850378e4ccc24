import { isArchiving } from '../archive/is-archiving.ts'
import { groupStatements } from '../../postgres/statements/commit-groups.ts'
import type { Statement } from '../../postgres/statements/statement.ts'

/**
 * True for a script that can be tried in one transaction and taken back without a trace: one commit group, and nothing
 * but definitions and the copies of an archive. Other rows would move sequences, which no ROLLBACK moves back, and a
 * function may do anything.
 */
export function fitsOneTransaction(statements: readonly Statement[]): boolean {
  if (!statements.every((statement) => definitions.has(statement.kind) || isArchiving(statement))) return false
  const groups = groupStatements(statements)
  return groups.length === 1 && groups.every(({ transactional }) => transactional)
}

/** PostgreSQL's names of the statements that Prisma's engine writes, and of their nearest relatives. */
const definitions: ReadonlySet<string> = new Set([
  'AlterEnumStmt',
  'AlterTableStmt',
  'CommentStmt',
  'CreateEnumStmt',
  'CreateSchemaStmt',
  'CreateStmt',
  'DropStmt',
  'IndexStmt',
  'RenameStmt',
])
