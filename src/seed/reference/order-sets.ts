import { tableKey, targetKey } from '../plan/table-key.ts'
import type { ReferenceSet } from './resolve-set.ts'

/** Targets of foreign keys come first; within a circle the order of the names decides. */
export function orderSets(sets: readonly ReferenceSet[]): readonly ReferenceSet[] {
  const byTable = new Map(sets.map((set) => [tableKey(set.table), set]))
  const ordered: ReferenceSet[] = []
  const seen = new Set<ReferenceSet>()
  const visit = (set: ReferenceSet): void => {
    if (seen.has(set)) return
    seen.add(set)
    for (const foreignKey of set.table.foreignKeys) {
      const needed = byTable.get(targetKey(foreignKey))
      if (needed !== undefined) visit(needed)
    }
    ordered.push(set)
  }
  for (const set of [...sets].sort((a, b) => (a.model.name < b.model.name ? -1 : 1))) visit(set)
  return ordered
}
