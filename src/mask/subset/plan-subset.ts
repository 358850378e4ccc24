import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import { stronglyConnected } from '../../seed/plan/strongly-connected.ts'
import { tableKey } from '../../seed/plan/table-key.ts'
import type { Relation } from './relation.ts'
import type { SubsetWish } from './wish.ts'

/** How a subset is taken, before any row is looked at. All tables by `schema.table`. */
export interface SubsetPlan {
  /** Taken first, so many of each as is wished for; those that a filter names, where one does. */
  readonly starts: readonly string[]
  /** Down these the children of what is there come along, in this order; they go round no circle. */
  readonly down: readonly Relation[]
  /** Tables whose rows come along where all that they point to is there, parents first. */
  readonly along: readonly string[]
}

/** What a plan is made from. */
export interface SubsetInput {
  readonly tables: readonly TableFacts[]
  readonly relations: readonly Relation[]
  /** Taken whole. */
  readonly reference: ReadonlySet<string>
  /** Tables whose rows are people. */
  readonly subjects: ReadonlySet<string>
  readonly filters: ReadonlySet<string>
  readonly wish: Pick<SubsetWish, 'percent' | 'rows'>
}

/**
 * A part of the schema (tables that relations connect) begins at the tables that filters name, else at its people, else
 * at the one table from which most others are reached. A table that points to nothing and that nothing reaches begins
 * for itself.
 */
export function planSubset(input: SubsetInput): SubsetPlan {
  const { tables, reference } = input
  const keys = tables.map(tableKey).filter((key) => !reference.has(key))
  const relations = input.relations.filter(
    ({ child, parent }) => !reference.has(tableKey(child)) && !reference.has(tableKey(parent)) && child !== parent,
  )
  const order = stronglyConnected(
    [...keys].sort(),
    relations.map(({ child, parent }) => [tableKey(child), tableKey(parent)]),
  ).flat()
  const rank = new Map(order.map((key, place) => [key, place]))
  const rankOf = (table: TableFacts): number => rank.get(tableKey(table)) ?? 0
  const downward = relations
    .filter(({ child, parent }) => rankOf(child) > rankOf(parent))
    .sort((a, b) => rankOf(a.parent) - rankOf(b.parent) || (a.name < b.name ? -1 : 1))
  const starts = partsOf(keys, relations).flatMap((part) => startsOf(part, input, downward))
  const reached = reachedFrom(starts, downward)
  const inside = downward.filter(({ parent }) => reached.has(tableKey(parent)))
  return { starts, down: inside, along: order.filter((key) => !reached.has(key)) }
}

function startsOf(part: readonly string[], input: SubsetInput, downward: readonly Relation[]): readonly string[] {
  const filtered = part.filter((key) => input.filters.has(key))
  if (filtered.length > 0) return filtered
  const people = part.filter((key) => input.subjects.has(key))
  if (people.length > 0) return people
  const hasParent = new Set(downward.map(({ child }) => tableKey(child)))
  const roots = part.filter((key) => !hasParent.has(key))
  const rows = new Map(input.tables.map((table) => [tableKey(table), table.estimatedRows]))
  const [first] = roots
    .map((key) => ({ key, reach: reachedFrom([key], downward).size, rows: rows.get(key) ?? 0 }))
    .sort((a, b) => b.reach - a.reach || b.rows - a.rows || (a.key < b.key ? -1 : 1))
  return first === undefined ? [] : [first.key]
}

/** Tables from which one comes to each other, whichever way relations point. */
function partsOf(keys: readonly string[], relations: readonly Relation[]): readonly (readonly string[])[] {
  const edges = relations.flatMap(({ child, parent }): (readonly [string, string])[] => [
    [tableKey(child), tableKey(parent)],
    [tableKey(parent), tableKey(child)],
  ])
  return stronglyConnected([...keys].sort(), edges)
}

function reachedFrom(starts: readonly string[], downward: readonly Relation[]): ReadonlySet<string> {
  const reached = new Set(starts)
  // Parents come before their children in this order, so that one round is enough.
  for (const { child, parent } of downward) if (reached.has(tableKey(parent))) reached.add(tableKey(child))
  return reached
}
