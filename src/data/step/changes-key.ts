import type { StepTarget } from './read-target.ts'
import type { Statement } from '../../postgres/statements/statement.ts'

/** The columns of the key that a statement sets in the table whose batches follow them. */
export function changesKey(node: Statement['node'], target: StepTarget): readonly string[] {
  if (!('UpdateStmt' in node)) return []
  const { relation, targetList = [] } = node.UpdateStmt
  if (relation?.relname !== target.table) return []
  if (relation.schemaname !== undefined && relation.schemaname !== target.schema) return []
  const set = new Set(targetList.flatMap((one) => ('ResTarget' in one ? [one.ResTarget.name] : [])))
  return target.key.map(({ name }) => name).filter((name) => set.has(name))
}
