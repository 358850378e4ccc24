import type { RelationPlan, TablePlan } from '../plan/seed-plan.ts'

type Followed = Pick<TablePlan, 'key' | 'checks' | 'facts' | 'columns' | 'relations' | 'denied'>

/**
 * Whether a column of the parent may follow from rows of the child: what these rows hold must be known without the
 * parent's own values. A relation that closes a cycle, one within the table, and checks of the child that only the
 * database can try stand in the way; so do comparisons in both tables that could wait for each other.
 */
export function canFollow(parent: Followed, child: Followed, relation: RelationPlan): boolean {
  if (child.key === parent.key || relation.isPatched || !relation.isTimed) return false
  if (child.checks.asked.length > 0) return false
  if (!compares(parent)) return true
  const fills = new Map(parent.columns.map(({ column, fill }) => [column, fill.kind]))
  const isFixed = relation.targetColumns.every((name) => fixed.has(fills.get(name) ?? ''))
  return isFixed && !comparesOther(child)
}

function compares({ checks, denied }: Followed): boolean {
  return [...checks.cases, ...(denied?.cases ?? [])].some(({ comparisons }) => comparisons.length > 0)
}

/** Times follow from the parent; numbers do not. */
function comparesOther({ checks, denied, facts }: Followed): boolean {
  const names = [...checks.cases, ...(denied?.cases ?? [])].flatMap(({ comparisons }) =>
    comparisons.flatMap(({ terms }) => terms.flatMap(({ columns }) => columns)),
  )
  return names.some((name) => !numeric.has(facts.columns.find((column) => column.name === name)?.baseType ?? ''))
}

const fixed: ReadonlySet<string> = new Set(['number', 'distinct', 'slot'])
const numeric: ReadonlySet<string> = new Set(['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'])
