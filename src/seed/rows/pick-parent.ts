import { columnRandoms } from '../random/cell-random.ts'
import { pairOf } from '../plan/pairs.ts'
import { placeOf } from '../plan/places.ts'
import { indexOwner } from '../plan/index-owner.ts'
import type { MovedRows, RelationPlan, RowIndex } from '../plan/seed-plan.ts'
import type { Random } from '../random/random.ts'

/** Where a relation is picked. */
export interface PickInput {
  readonly seed: string
  /** Of the child, as addresses name it. */
  readonly model: string
  readonly relation: RelationPlan
  readonly parentRows: number
  readonly moved: MovedRows
}

/** What a row says of its parent before it is picked. */
export interface PickWish {
  /** False where a check or the user wants a parent. */
  readonly mayBeNone: boolean
  /** Another parent than this one; -1 for any. */
  readonly not: number
  readonly attempt: number
}

/** The number of the parent's row; -1 for none. The same for the same row, whatever other rows there are. */
export type PickParent = (row: number, wish: PickWish) => number

/** The share of rows without a parent, where they may have none. */
const withoutParent = 0.15

/**
 * Makes the pure function from a child's row to its parent's. A row has parents among as many as its own number, so
 * that more rows of both change no row; of these, early ones are taken more often: the number of children of a parent
 * falls with the root of its own number.
 */
export function createPick({ seed, model, relation, parentRows, moved }: PickInput): PickParent {
  const randoms = columnRandoms({ seed, model, field: `#${relation.name}` })
  const isOptional = relation.nullable.length > 0
  const { pick } = relation
  const free: PickParent = (row, { mayBeNone, not, attempt }) => {
    const random = randoms(row, attempt)
    const share = random.fraction()
    if (parentRows === 0 || (isOptional && mayBeNone && share < withoutParent)) return -1
    return other(not, parentRows, (room) => skewed(random, Math.min(room, row + 1)))
  }
  switch (pick.kind) {
    case 'free':
      return free
    case 'sparse':
      return (row, wish) =>
        row % pick.every === 0 && row / pick.every < parentRows ? row / pick.every : free(row, wish)
    case 'earlier':
      return (row, { mayBeNone, attempt }) => {
        const random = randoms(row, attempt)
        if (isOptional && (row === 0 || (mayBeNone && random.fraction() < withoutParent))) return -1
        return Math.floor(row * random.fraction())
      }
    case 'listed':
      return (row, { not }) => {
        const parent = pick.parents[row] ?? -1
        return parent === not && parent >= 0 && parentRows > 1 ? (parent + 1) % parentRows : parent
      }
    case 'previous':
      return (row) => (isOptional ? row - 1 : row)
    case 'index': {
      const index = createIndex(pick.index, randoms, moved.get(indexOwner(pick.index, `#${relation.name}`)))
      return (row, { not }) => other(not, parentRows, (room) => index(row, room))
    }
  }
}

/** One of all but `not`. */
function other(not: number, room: number, draw: (room: number) => number): number {
  if (not < 0 || room < 2) {
    const drawn = draw(room)
    return drawn < room ? drawn : -1
  }
  const drawn = draw(room - 1)
  return drawn < not ? drawn : drawn + 1
}

function skewed(random: Random, room: number): number {
  return Math.floor(room * random.fraction() ** 2)
}

/** @param room overrules the radix of a digit, which it never exceeds */
type IndexOf = (row: number, room?: number) => number

/** The number that an index has in a row. */
export function createIndex(
  index: RowIndex,
  randoms: (row: number) => Random,
  moved?: ReadonlyMap<number, number>,
): IndexOf {
  const usual = usualIndex(index, randoms)
  if (moved === undefined) return usual
  // A number that stands in no list is meant as it is.
  if (index.kind === 'listed') return (row) => moved.get(row) ?? usual(row)
  return (row, room) => usual(moved.get(row) ?? row, room)
}

function usualIndex(index: RowIndex, randoms: (row: number) => Random): IndexOf {
  if (index.kind === 'row') return (row) => row
  if (index.kind === 'listed') return (row) => index.numbers[row] ?? row
  if (index.kind === 'pair') return (row) => pairOf(row)[index.part]
  if (index.kind === 'place') return (row) => placeOf(row, index.parents)[index.part]
  const { divisor, radix } = index
  if (divisor === 1) return (row) => row % radix
  if (!Number.isFinite(radix)) return (row) => Math.floor(row / divisor)
  return (row, room = radix) => {
    const low = row % divisor
    const limit = Math.min(room, radix)
    return (skewed(randoms(low), Math.min(limit, Math.max(1, low))) + Math.floor(row / divisor)) % limit
  }
}
