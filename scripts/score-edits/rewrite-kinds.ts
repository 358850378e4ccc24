import type { Statement } from '../../src/postgres/statements/statement.ts'
import { canonicalStatement } from './canonical-statement.ts'

/** A way in which people depart from the SQL that Prisma generates. */
export const rewriteKinds = [
  'renamed instead of dropped and added',
  'index or constraint renamed',
  'column added, backfilled, then SET NOT NULL',
  'rows changed otherwise (INSERT, UPDATE, DELETE, TRUNCATE)',
  'value cast with USING',
  'index built or dropped CONCURRENTLY',
  'IF EXISTS or IF NOT EXISTS',
  'BEGIN and COMMIT of its own',
  'lock_timeout, statement_timeout or another setting',
  'constraint NOT VALID, validated, or made from an index',
  'view, function, trigger, policy or extension',
  'CHECK, partial or expression index, generated column',
  'DO block or another command',
] as const

export type RewriteKind = (typeof rewriteKinds)[number]

/** The kinds found in a person's migration. */
export function findRewriteKinds(statements: readonly Statement[]): ReadonlySet<RewriteKind> {
  const kinds = new Set<RewriteKind>()
  const filled = new Set<string>()
  for (const statement of statements) {
    for (const kind of kindsOf(statement, filled)) kinds.add(kind)
  }
  if (kinds.has('column added, backfilled, then SET NOT NULL') && filled.size === 0) {
    kinds.delete('rows changed otherwise (INSERT, UPDATE, DELETE, TRUNCATE)')
  }
  return kinds
}

/** `filled` holds the columns (`table.column`) that an UPDATE has set and no SET NOT NULL has closed yet. */
function kindsOf(statement: Statement, filled: Set<string>): readonly RewriteKind[] {
  const { node, kind } = statement
  const tree = canonicalStatement(node)
  const kinds: RewriteKind[] = []
  if ('UpdateStmt' in node) {
    for (const target of node.UpdateStmt.targetList ?? []) {
      if ('ResTarget' in target) filled.add(`${node.UpdateStmt.relation?.relname ?? ''}.${target.ResTarget.name ?? ''}`)
    }
  }
  if (closesBackfill(node, filled)) kinds.push('column added, backfilled, then SET NOT NULL')
  for (const [name, pattern] of treePatterns) if (pattern.test(tree)) kinds.push(name)
  const byKind = kindNames.get(kind)
  if (byKind !== undefined) kinds.push(byKind)
  else if (!plainKinds.has(kind)) kinds.push('DO block or another command')
  return kinds
}

function closesBackfill(node: Statement['node'], filled: Set<string>): boolean {
  if (!('AlterTableStmt' in node)) return false
  const table = node.AlterTableStmt.relation?.relname ?? ''
  const closed = (node.AlterTableStmt.cmds ?? []).filter(
    (cmd) =>
      'AlterTableCmd' in cmd &&
      cmd.AlterTableCmd.subtype === 'AT_SetNotNull' &&
      filled.delete(`${table}.${cmd.AlterTableCmd.name ?? ''}`),
  )
  return closed.length > 0
}

const treePatterns: readonly (readonly [RewriteKind, RegExp])[] = [
  ['renamed instead of dropped and added', /"renameType":"OBJECT_(COLUMN|TABLE|TYPE)"|"oldVal":/],
  ['index or constraint renamed', /"renameType":"OBJECT_(INDEX|TABCONSTRAINT)"/],
  ['value cast with USING', /"AT_AlterColumnType".*"raw_default"/],
  ['index built or dropped CONCURRENTLY', /"concurrent":true/],
  ['IF EXISTS or IF NOT EXISTS', /"(missing_ok|if_not_exists|skipIfNewValExists)":true/],
  [
    'constraint NOT VALID, validated, or made from an index',
    /"skip_validation":true|"AT_ValidateConstraint"|"indexname":/,
  ],
  [
    'CHECK, partial or expression index, generated column',
    /"CONSTR_(CHECK|GENERATED)"|"IndexStmt":.*("whereClause"|"expr"):/,
  ],
]

const kindNames: ReadonlyMap<string, RewriteKind> = new Map<string, RewriteKind>([
  ...['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'TruncateStmt', 'MergeStmt'].map((kind): [string, RewriteKind] => [
    kind,
    'rows changed otherwise (INSERT, UPDATE, DELETE, TRUNCATE)',
  ]),
  ...['ViewStmt', 'CreateFunctionStmt', 'CreateTrigStmt', 'CreatePolicyStmt', 'CreateExtensionStmt'].map(
    (kind): [string, RewriteKind] => [kind, 'view, function, trigger, policy or extension'],
  ),
  ['TransactionStmt', 'BEGIN and COMMIT of its own'],
  ['VariableSetStmt', 'lock_timeout, statement_timeout or another setting'],
])

/** What Prisma's own scripts consist of. */
const plainKinds = new Set([
  'AlterTableStmt',
  'CreateStmt',
  'DropStmt',
  'IndexStmt',
  'CreateEnumStmt',
  'AlterEnumStmt',
  'RenameStmt',
  'CreateSeqStmt',
  'AlterSeqStmt',
  'CreateSchemaStmt',
])
