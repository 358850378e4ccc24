import type { ParentPick, RowIndex } from './seed-plan.ts'
import { placesNeeded } from './places.ts'
import type { UniqueSet } from './unique-sets.ts'

/** What the values of a unique set can be made distinct with: the parent of a relation, or a column of its own. */
export interface Factor {
  readonly kind: 'relation' | 'column'
  /** Of the relation, or the column. */
  readonly name: string
  /** How many different parents or values there are. */
  readonly capacity: number
  /** True for an integer that may count the children of a parent, and for a relation whose children may be counted. */
  readonly counts: boolean
  /** Parents before text, numbers and times before flags and states: what is better left to chance comes last. */
  readonly preference: number
}

/** What a table's unique sets ask of its relations and columns. */
export interface KeyPlan {
  readonly relations: ReadonlyMap<string, ParentPick>
  readonly columns: ReadonlyMap<string, RowIndex>
  /** Sets that nothing can fill, with what they have room for. */
  readonly short: readonly { readonly set: UniqueSet; readonly capacity: number }[]
}

/** A set with what can make it distinct. */
export interface FactoredSet {
  readonly set: UniqueSet
  readonly factors: readonly Factor[]
}

/**
 * Makes every unique set distinct by construction. One factor with room for all rows does alone (its index is the
 * row's number); else the row's number is written in digits, one for each factor. Pure: the same facts, the same plan.
 */
export function planKeys(sets: readonly FactoredSet[], rows: number, isSelf: (relation: string) => boolean): KeyPlan {
  const chosen = new Map<string, { readonly factor: Factor; readonly index: RowIndex }>()
  const short: { readonly set: UniqueSet; readonly capacity: number }[] = []
  const shared = countUses(sets)
  const digits: FactoredSet[] = []
  for (const one of sets) {
    if (one.factors.some((factor) => chosen.get(id(factor))?.index.kind === 'row')) continue
    const [parent, number] = countedChildren(one.factors, rows, shared)
    if (parent !== undefined && number !== undefined) {
      const parents = parent.capacity
      chosen.set(id(parent), { factor: parent, index: { kind: 'place', part: 'parent', parents } })
      chosen.set(id(number), { factor: number, index: { kind: 'place', part: 'place', parents } })
      continue
    }
    const alone = best(
      one.factors.filter(({ capacity, kind }) => capacity >= rows && (kind === 'column' || one.factors.length === 1)),
    )
    if (alone !== undefined) chosen.set(id(alone), { factor: alone, index: { kind: 'row' } })
    else digits.push(one)
  }
  for (const { set, factors } of digits) {
    if (factors.some((factor) => chosen.get(id(factor))?.index.kind === 'row')) continue
    const room = factors.reduce((product, { capacity }) => product * capacity, 1)
    const ordered = factors.toSorted(
      (one, other) => (shared.get(id(other)) ?? 0) - (shared.get(id(one)) ?? 0) || other.capacity - one.capacity,
    )
    if (room < rows || !assignDigits(ordered, rows, chosen)) short.push({ set, capacity: room })
  }
  const picked = [...chosen.values()]
  return {
    short,
    relations: new Map(
      picked
        .filter(({ factor }) => factor.kind === 'relation')
        .map(({ factor, index }) => [
          factor.name,
          isSelf(factor.name) ? { kind: 'previous' } : { kind: 'index', index },
        ]),
    ),
    columns: new Map(
      picked.filter(({ factor }) => factor.kind === 'column').map(({ factor, index }) => [factor.name, index]),
    ),
  }
}

/** The parent and the number of a key such as (order, position), where no other set has a say in them. */
function countedChildren(
  factors: readonly Factor[],
  rows: number,
  uses: ReadonlyMap<string, number>,
): readonly Factor[] {
  const [parent, number] = factors.toSorted((one, other) => other.kind.localeCompare(one.kind))
  if (factors.length !== 2 || parent?.kind !== 'relation' || number?.kind !== 'column') return []
  if (!factors.every((factor) => factor.counts && uses.get(id(factor)) === 1)) return []
  const isRoom = parent.capacity > 0 && Number.isFinite(parent.capacity)
  return isRoom && placesNeeded(rows, parent.capacity) <= number.capacity ? [parent, number] : []
}

/** Digits for factors, the lowest first; those that another set has given stay. False where they do not fit. */
function assignDigits(
  factors: readonly Factor[],
  rows: number,
  chosen: Map<string, { readonly factor: Factor; readonly index: RowIndex }>,
): boolean {
  const given = factors.flatMap((factor) => chosen.get(id(factor))?.index ?? [])
  let divisor = 1
  for (const index of given
    .filter((one) => one.kind === 'digit')
    .toSorted((one, other) => one.divisor - other.divisor)) {
    if (index.divisor !== divisor) return false
    divisor *= index.radix
  }
  for (const factor of factors) {
    if (divisor >= rows && given.length > 0) break
    if (chosen.has(id(factor))) continue
    chosen.set(id(factor), { factor, index: { kind: 'digit', divisor, radix: factor.capacity } })
    divisor *= factor.capacity
  }
  return divisor >= rows
}

function best(factors: readonly Factor[]): Factor | undefined {
  return factors.toSorted((one, other) => one.preference - other.preference || other.capacity - one.capacity)[0]
}

function id({ kind, name }: Factor): string {
  return `${kind} ${name}`
}

function countUses(sets: readonly FactoredSet[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>()
  for (const { factors } of sets) for (const factor of factors) uses.set(id(factor), (uses.get(id(factor)) ?? 0) + 1)
  return uses
}
