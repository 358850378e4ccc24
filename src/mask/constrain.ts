import type { Cell } from '../seed/cell.ts'
import type { DomainSampler } from '../seed/constraints/domain.ts'
import type { TableConstraints } from './constraints.ts'
import type { ColumnPlan } from './describe-columns.ts'
import type { CellMask, Unfit } from './mask.ts'
import { withinTaken } from './within-taken.ts'
import type { World } from './world.ts'

interface ConstrainInput {
  readonly column: string
  readonly plan: ColumnPlan
  readonly plans: ReadonlyMap<string, ColumnPlan>
  readonly constraints: TableConstraints | undefined
  /** What a constraint says of this column, or of one that must mask alike, whatever the rest of the row. */
  readonly shared: readonly DomainSampler[]
  readonly isUnique: boolean
  readonly world: World
}

/** Masks whose values are those of the source, so that no constraint is broken that held. */
const unchanged = new Set(['keep', 'null', 'shuffle'])

/**
 * A mask whose values keep to the constraints of the table: what they do not take is drawn anew from what they do. A
 * bijection is gone through again until they take it: the value itself, which they took, comes last.
 */
export function constrain(compiled: CellMask, input: ConstrainInput): CellMask | Unfit {
  const { column, plan, constraints, shared, isUnique, world } = input
  if (plan.mask.name === 'keep') return compiled
  const problem = problemOf(input, compiled)
  if (problem !== undefined) return { unfit: problem }
  // What the user's own mask makes is never another value in its place: see `judgeOwn`.
  if (plan.mask.isOwn === true) return compiled
  if (plan.mask.name === 'id') {
    return shared.length === 0 ? compiled : { ...compiled, apply: withinTaken(compiled.apply, shared, world) }
  }
  const samplers = constraints?.samplersOf(column) ?? (shared.length === 0 ? undefined : shared)
  if (samplers === undefined || unchanged.has(plan.mask.name)) return compiled
  const chanceOf = world.chance(`constraint ${plan.written}`)
  const counted = isUnique ? capacityOf(samplers) : undefined
  if (isUnique && counted === undefined) {
    return { unfit: 'a constraint restricts the values of a unique column to some that cannot be counted; use id, or a mask of your own' }
  }
  return {
    ...compiled,
    distinctBits: counted === undefined ? compiled.distinctBits : Math.min(compiled.distinctBits, Math.log2(counted)),
    apply: (value, row) => {
      const own = samplers.length === 1 ? 0 : constraints?.caseOf(row)
      const sampler = own === undefined ? undefined : samplers[own]
      const masked = compiled.apply(value, row)
      if (sampler === undefined || masked === null || sampler.contains(masked)) return masked
      if (counted === undefined) return drawn(value, chanceOf(value), sampler)
      return sampler.at?.(chanceOf(value).below(Math.min(counted, 2 ** 53))) ?? null
    },
  }
}

/** How many distinct values there are in the case that has the fewest; undefined where they cannot be counted off. */
function capacityOf(samplers: readonly (DomainSampler | undefined)[]): number | undefined {
  const known = samplers.flatMap((sampler) => sampler ?? [])
  return known.every(({ at }) => at !== undefined) ? Math.min(...known.map(({ capacity }) => capacity)) : undefined
}

function drawn(value: string, random: ReturnType<ReturnType<World['chance']>>, sampler: DomainSampler): Cell {
  let found: Cell = null
  for (let attempt = 0; attempt < 8; attempt++) {
    found = sampler.draw(random) ?? null
    if (found !== value) return found
  }
  // There is no other value.
  return found
}

function problemOf(input: ConstrainInput, { distinctBits }: CellMask): string | undefined {
  if (input.constraints === undefined) return undefined
  return askedOf(input, input.constraints) ?? comparedWith(input, input.constraints, distinctBits)
}

function askedOf({ column }: ConstrainInput, { asked }: TableConstraints): string | undefined {
  const found = asked.find(({ columns }) => columns.includes(column))
  return found === undefined ? undefined : `only the database can judge the constraint ${found.name} (${found.reason})`
}

/** A comparison holds where all columns are moved alike, or where equal stays equal and other stays other. */
function comparedWith(
  { column, plan, plans }: ConstrainInput,
  { comparisons }: TableConstraints,
  distinctBits: number,
): string | undefined {
  for (const { terms, operator } of comparisons) {
    const columns = [...new Set(terms.flatMap((term) => term.columns))]
    if (!columns.includes(column) || columns.length < 2) continue
    const others = columns.map((other) => plans.get(other))
    const isMasked = others.every((other) => other?.written === plan.written)
    const isSame = isMasked && others.every((other) => other?.meaning === plan.meaning)
    const isMoved = isMasked && plan.mask.name === 'date-shift'
    const isTold = isSame && (operator === '=' || (operator === '<>' && distinctBits > 60))
    const rest = columns.filter((other) => other !== column).join(', ')
    if (!isMoved && !isTold) return `a constraint compares it with ${rest}, and the mask would move it alone`
  }
  return undefined
}
