import type { PreparedScript } from './prepare-script.ts'
import type { Statement } from '../postgres/statements/statement.ts'

/** True unless the script holds nothing but statements that surely leave the session as it was. */
export function mayChangeSession({ groups }: PreparedScript): boolean {
  return groups.some((group) => group.statements.some((statement) => !isHarmless(statement)))
}

function isHarmless({ kind, node }: Statement): boolean {
  if ('CreateStmt' in node) return node.CreateStmt.relation?.relpersistence !== 't'
  return harmless.has(kind)
}

/** Schema changes without code of the user in them: SET, DO, CALL, and queries that may call a function, are not. */
const harmless: ReadonlySet<string> = new Set([
  'AlterEnumStmt',
  'AlterTableStmt',
  'CommentStmt',
  'CreateEnumStmt',
  'CreateFunctionStmt',
  'CreateSchemaStmt',
  'DropStmt',
  'IndexStmt',
  'RenameStmt',
])
