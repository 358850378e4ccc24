import type { ReferenceSet } from './resolve-set.ts'

/** Targets of foreign keys come first; within a circle the order of the names decides. */
export function orderSets(sets: readonly ReferenceSet[]): readonly ReferenceSet[] {
  const byTable = new Map(sets.map((set) => [nameOf(set.table), set]))
  const ordered: ReferenceSet[] = []
  const seen = new Set<ReferenceSet>()
  const visit = (set: ReferenceSet): void => {
    if (seen.has(set)) return
    seen.add(set)
    for (const { target } of set.table.foreignKeys) {
      const needed = byTable.get(nameOf({ schema: target.schema, name: target.table }))
      if (needed !== undefined) visit(needed)
    }
    ordered.push(set)
  }
  for (const set of [...sets].sort((a, b) => (a.model.name < b.model.name ? -1 : 1))) visit(set)
  return ordered
}

function nameOf({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${schema}.${name}`
}
