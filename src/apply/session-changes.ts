import type { PreparedScript } from './prepare-script.ts'
import type { Statement } from '../postgres/statements/statement.ts'

/**
 * True unless the script holds nothing but statements that surely leave the session as it was. One that was resumed
 * may have had its settings made again.
 */
export function mayChangeSession({ done, groups }: PreparedScript): boolean {
  if (done.length > 0) return true
  return groups.some(
    ({ whole, statements }) =>
      (whole !== undefined && mayChange.test(whole.text)) || statements.some((statement) => !isHarmless(statement)),
  )
}

/** Words of such statements; in a name, a literal or a comment they cost one round trip. */
const mayChange =
  /^\s*set\b|[;/]\s*set\b|\b(set_config|temp|temporary|do|call|select|listen|load|declare|reset|execute|prepare)\b/im

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
