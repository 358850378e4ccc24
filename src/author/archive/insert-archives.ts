import { groupStatements } from '../../postgres/statements/commit-groups.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import type { ArchiveStatements } from './render-archives.ts'

/**
 * The text of a migration with directives in its head and the statements of its archive around its own: before the
 * first of the commit group in which it begins to change rows, and at its end. A COMMIT in between, which the engine
 * writes around the replacement of an enum, would let others write between the copy and the change: it goes.
 */
export function insertArchives(
  sql: string,
  statements: readonly Statement[],
  directives: readonly string[],
  archives?: ArchiveStatements,
): string {
  if (archives === undefined) return withDirectives(sql, directives)
  const first = firstOfRows(statements)
  const at = first === undefined ? sql.length : beforeComments(sql, first.start)
  const tail = archives.tail.length === 0 ? '' : `\n${section('ArchiveOutcome', archives.tail)}`
  const before = withoutTransaction(sql, 0, at, statements)
  const after = withoutTransaction(sql, at, sql.length, statements)
  return withDirectives(`${before}${section('Archive', archives.head)}\n${after}${tail}`, directives)
}

/** An enum's new value must be committed before it is used: what only prepares types stands before the archive. */
function firstOfRows(statements: readonly Statement[]): Statement | undefined {
  const groups = groupStatements(statements)
  const first = groups.find((group) => !group.statements.every(({ kind }) => preparing.has(kind)))
  const own = first?.statements[0]
  const at = statements.findIndex((statement) => statement === own)
  const before = statements[at - 1]
  return before !== undefined && isBegin(before) ? before : own
}

function isBegin({ node }: Statement): boolean {
  return 'TransactionStmt' in node && node.TransactionStmt.kind === 'TRANS_STMT_BEGIN'
}

const preparing: ReadonlySet<string> = new Set([
  'AlterEnumStmt',
  'CreateEnumStmt',
  'CreateSchemaStmt',
  'CreateExtensionStmt',
])

/** Where the comments begin that stand above a statement, directives apart. */
function beforeComments(sql: string, start: number): number {
  const lines = sql.slice(0, start).split('\n')
  let at = start
  for (let line = lines.length - 2; line >= 0; line--) {
    const text = lines[line] ?? ''
    if (!text.startsWith('--') || text.startsWith('-- tide:')) break
    at -= text.length + 1
  }
  return at
}

function withoutTransaction(sql: string, from: number, to: number, statements: readonly Statement[]): string {
  let text = ''
  let at = from
  for (const { node, start, text: own } of statements) {
    if (!('TransactionStmt' in node) || start < from || start >= to) continue
    text += sql.slice(at, start)
    at = start + own.length + (/^;?\n?/.exec(sql.slice(start + own.length))?.[0].length ?? 0)
  }
  return text + sql.slice(at, to)
}

/** Below the directives that are there. */
function withDirectives(sql: string, directives: readonly string[]): string {
  const lines = sql.split('\n')
  const last = lines.findLastIndex((line) => line.startsWith('-- tide:'))
  if (last === -1) return `${directives.join('\n')}\n\n${sql}`
  return [...lines.slice(0, last + 1), ...directives, ...lines.slice(last + 1)].join('\n')
}

function section(heading: string, statements: readonly string[]): string {
  return `-- ${heading}\n${statements.map((statement) => `${statement};\n`).join('')}`
}
