import { changesKey } from '../../data/step/changes-key.ts'
import type { StepTarget } from '../../data/step/read-target.ts'
import { parseStatements } from '../../postgres/statements/parse-statements.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import { statementRefused } from '../errors.ts'
import type { NamedTable } from './require-undoable.ts'

/** Statements of which every effect is in rows, or in the session. */
const allowed: ReadonlySet<string> = new Set([
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'ExplainStmt',
  'VariableSetStmt',
  'VariableShowStmt',
  'ConstraintsSetStmt',
  'LockStmt',
  'DoStmt',
  'CallStmt',
  'PrepareStmt',
  'ExecuteStmt',
  'DeallocateStmt',
  'DeclareCursorStmt',
  'FetchStmt',
  'ClosePortalStmt',
  'NotifyStmt',
])

/** PostgreSQL's number of that lock. */
const accessExclusive = 8

const savepoints: ReadonlySet<string> = new Set([
  'TRANS_STMT_SAVEPOINT',
  'TRANS_STMT_RELEASE',
  'TRANS_STMT_ROLLBACK_TO',
])

/**
 * Refuses what no before-image could take back, before it is sent. What a function does shows afterwards only: see
 * `readChangedTables`.
 * @param follows the table whose key batches follow
 * @returns the tables that the statements name as their targets
 * @throws FIX_STATEMENT_REFUSED, STATEMENT_SYNTAX
 */
export async function guardStatement(
  sql: string,
  file: string,
  follows?: StepTarget,
): Promise<readonly NamedTable[]> {
  const statements = await parseStatements(sql, file)
  for (const statement of statements) {
    const reason = reasonAgainst(statement) ?? reasonOfKey(statement, follows)
    if (reason !== undefined) throw statementRefused(describe(statement), reason)
  }
  const targets: NamedTable[] = []
  for (const { node } of statements) collectTargets(node, targets)
  return targets
}

function reasonAgainst({ kind, node }: Statement): string | undefined {
  if ('TransactionStmt' in node) {
    return savepoints.has(String(node.TransactionStmt.kind)) ? undefined : 'Its transaction is begun and ended by Tide.'
  }
  if ('SelectStmt' in node && node.SelectStmt.intoClause !== undefined) return 'It makes a table.'
  if ('VariableSetStmt' in node && node.VariableSetStmt.name === 'track_counts') return 'By these counts Tide finds what was changed.'
  if (calls(node, 'setval')) return 'Where a sequence stands is not taken back with the transaction, nor by an undo.'
  if ('LockStmt' in node && node.LockStmt.mode === accessExclusive) return 'Tide reads the rows from a second session.'
  if (allowed.has(kind)) return undefined
  if (kind === 'TruncateStmt') return 'It leaves no before-images. DELETE does.'
  if (kind === 'CopyStmt') return 'Its rows would come from outside of the statement.'
  return 'It changes more than rows, and an undo restores rows only.'
}

function reasonOfKey({ node }: Statement, follows: StepTarget | undefined): string | undefined {
  const changed = follows === undefined ? [] : changesKey(node, follows)
  return changed.length === 0 ? undefined : `Its batches follow ${changed.join(', ')}: a row could be met twice, or not at all.`
}

function calls(node: unknown, name: string): boolean {
  if (Array.isArray(node)) return node.some((item) => calls(item, name))
  if (typeof node !== 'object' || node === null) return false
  return Object.entries(node).some(([key, value]: [string, unknown]) => {
    const names = key === 'FuncCall' ? (value as { readonly funcname?: readonly unknown[] }).funcname : undefined
    return JSON.stringify(names?.at(-1) ?? '').includes(`"sval":"${name}"`) || calls(value, name)
  })
}

/** The first words of a statement: enough to find it, and never a value. */
function describe({ text, kind }: Statement): string {
  const words = /^[A-Za-z]+(?:\s+[A-Za-z_]+)?/.exec(text)?.[0]
  return words === undefined ? kind : words.replaceAll(/\s+/g, ' ')
}

function collectTargets(node: unknown, targets: NamedTable[]): void {
  if (Array.isArray(node)) {
    for (const item of node) collectTargets(item, targets)
  } else if (typeof node === 'object' && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      const target = changing.has(key) ? targetOf(value) : undefined
      if (target !== undefined) targets.push(target)
      collectTargets(value, targets)
    }
  }
}

const changing: ReadonlySet<string> = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'])

function targetOf(value: unknown): NamedTable | undefined {
  const { relation } = value as { readonly relation?: { readonly relname?: string; readonly schemaname?: string } }
  return relation?.relname === undefined ? undefined : { schema: relation.schemaname, name: relation.relname }
}
