import type { Factor, KeyPlan } from './plan-keys.ts'
import type { AllowedRows, RelationPlan } from './seed-plan.ts'

/** Where the predicate of a partial unique index may hold. */
export interface AllowedPlan {
  readonly allowed: AllowedRows
  /** The relation whose pick must be `sparse` for that. */
  readonly sparse?: string
}

const every = 3

/**
 * Rows in which no two belong to the same group: every third row has a parent of its own where the group is a free
 * relation; the first round of a digit; else the first row alone.
 */
export function allowedRows(
  factors: readonly Factor[],
  keys: KeyPlan,
  {
    relations,
    parentRows,
    rows,
  }: {
    readonly relations: readonly RelationPlan[]
    readonly parentRows: (key: string) => number
    readonly rows: number
  },
): AllowedPlan {
  for (const factor of factors) {
    const index = factor.kind === 'column' ? keys.columns.get(factor.name) : undefined
    const pick = keys.relations.get(factor.name)
    const known = index ?? (pick?.kind === 'index' ? pick.index : undefined)
    if (known?.kind === 'row') return { allowed: { kind: 'below', limit: rows } }
    if (known?.kind === 'digit' && known.divisor === 1) return { allowed: { kind: 'below', limit: known.radix } }
  }
  const free = relations.find(
    ({ name, pick }) =>
      pick.kind === 'free' &&
      !keys.relations.has(name) &&
      factors.some((factor) => factor.kind === 'relation' && factor.name === name),
  )
  if (free === undefined) return { allowed: { kind: 'below', limit: 1 } }
  return { allowed: { kind: 'sparse', every, limit: parentRows(free.parent) }, sparse: free.name }
}
