import type { CompiledChecks } from '../constraints/domain.ts'
import { capacityExceeded } from './errors.ts'
import { pairsOf } from './pairs.ts'
import type { FactoredSet } from './plan-keys.ts'
import type { ParentPick, RelationPlan } from './seed-plan.ts'

/** What is known where pairs are looked for. */
export interface PairsInput {
  readonly name: string
  readonly rows: number
  readonly checks: CompiledChecks
  readonly relations: readonly RelationPlan[]
  readonly parentRows: (key: string) => number
  /** Whether a later row of a parent has a greater value in this column. */
  readonly isAscending: (key: string, column: string) => boolean
}

/**
 * The picks of relations whose keys a check puts in order, `a < b`, and that a unique set tells apart: each pair of two
 * rows once. Without it half of all combinations would be refused.
 * @throws SEED_CAPACITY
 */
export function orderPairs(sets: readonly FactoredSet[], input: PairsInput): ReadonlyMap<string, ParentPick> {
  const picks = new Map<string, ParentPick>()
  for (const { set, factors } of sets) {
    const names = factors.map(({ name }) => name)
    const isAlone = sets.every((other) => other.set === set || !other.factors.some(({ name }) => names.includes(name)))
    const [one, other] = names.map((name) => input.relations.find((relation) => relation.name === name))
    if (one === undefined || other === undefined || names.length !== 2 || !isAlone || one.parent !== other.parent) continue
    const [lesser, greater] = isLess(one, other, input) ? [one, other] : isLess(other, one, input) ? [other, one] : []
    if (lesser === undefined || greater === undefined) continue
    if (!input.isAscending(one.parent, one.targetColumns[0] ?? '')) continue
    const room = pairsOf(input.parentRows(one.parent))
    if (room < input.rows) throw capacityExceeded(input.name, set.name, set.columns, room, input.rows)
    picks.set(lesser.name, { kind: 'index', index: { kind: 'pair', part: 'lesser' } })
    picks.set(greater.name, { kind: 'index', index: { kind: 'pair', part: 'greater' } })
  }
  return picks
}

/** `lesser - greater < 0`, in all cases; both keys of one column. */
function isLess(lesser: RelationPlan, greater: RelationPlan, { checks }: PairsInput): boolean {
  if (lesser.columns.length !== 1 || greater.columns.length !== 1) return false
  if (lesser.targetColumns[0] !== greater.targetColumns[0]) return false
  const signs = new Map([
    [lesser.columns[0], '1'],
    [greater.columns[0], '-1'],
  ])
  return checks.cases.every(({ comparisons }) =>
    comparisons.some(
      ({ operator, terms }) =>
        operator === '<' &&
        terms.length === 2 &&
        terms.every(({ columns, coefficient }) => columns.length === 1 && signs.get(columns[0]) === coefficient),
    ),
  )
}
