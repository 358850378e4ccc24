import type { Statement } from '../../src/postgres/statements/statement.ts'

/** How two scripts compare, comments, blanks and order aside. */
export interface ScriptComparison {
  /** `same`: the same statements. `regrouped`: they share out the clauses of ALTER TABLE otherwise. */
  readonly result: 'same' | 'regrouped' | 'different'
  /** The statements that only the left or only the right script has. */
  readonly onlyLeft: readonly Statement[]
  readonly onlyRight: readonly Statement[]
}

/** Compares two scripts by the parse trees of their statements. */
export function compareScripts(left: readonly Statement[], right: readonly Statement[]): ScriptComparison {
  const onlyLeft = without(left, right)
  const onlyRight = without(right, left)
  if (onlyLeft.length === 0 && onlyRight.length === 0) return { result: 'same', onlyLeft: [], onlyRight: [] }
  const leftClauses = onlyLeft.flatMap(clauses).sort()
  const rightClauses = onlyRight.flatMap(clauses).sort()
  const result = JSON.stringify(leftClauses) === JSON.stringify(rightClauses) ? 'regrouped' : 'different'
  return { result, onlyLeft, onlyRight }
}

/** The statement's tree without the places where its parts stand. */
export function canonicalStatement(node: unknown): string {
  return JSON.stringify(node, (key, value: unknown) => (placeKeys.has(key) ? undefined : value))
}

const placeKeys = new Set([
  'location',
  'list_start',
  'list_end',
  'rexpr_list_start',
  'rexpr_list_end',
  'name_location',
  'arg_location',
])

/** Each clause of ALTER TABLE as a statement of its own; any other statement as it is. */
function clauses(statement: Statement): readonly string[] {
  const { node } = statement
  if (!('AlterTableStmt' in node)) return [canonicalStatement(node)]
  const { cmds = [], ...table } = node.AlterTableStmt
  return cmds.map((cmd) => canonicalStatement({ ...table, cmd }))
}

/** What `left` has more often than `right`. */
function without(left: readonly Statement[], right: readonly Statement[]): readonly Statement[] {
  const counts = new Map<string, number>()
  for (const statement of right) count(counts, canonicalStatement(statement.node), 1)
  return left.filter((statement) => count(counts, canonicalStatement(statement.node), -1) < 0)
}

function count(counts: Map<string, number>, key: string, step: number): number {
  const next = (counts.get(key) ?? 0) + step
  counts.set(key, next)
  return next
}
