import type { Cell } from '../seed/cell.ts'
import type { DomainSampler } from '../seed/constraints/domain.ts'
import type { CellMask } from './mask.ts'
import { permuteNumber } from './secret/permute-number.ts'
import type { World } from './world.ts'

/** A list of allowed values so short is permuted as a list. */
const mostListed = 10_000

/** A walk so long has found nothing: the database then says what it does not take. */
const longestWalk = 10_000

/**
 * Keys under a constraint: the values that it takes are permuted among themselves, and so are those that it does not.
 * Whoever points at a key from a column without the constraint points at the same one.
 */
export function withinTaken(
  apply: CellMask['apply'],
  samplers: readonly DomainSampler[],
  world: World,
): CellMask['apply'] {
  const isTaken = (cell: Cell): boolean => samplers.every((sampler) => sampler.contains(cell))
  const list = listOf(samplers)
  const places = new Map(list.map((value, place) => [value, place]))
  const block = world.block('allowed keys')
  return (value, row) => {
    const place = places.get(value)
    if (place !== undefined) return list[permuteNumber(block, place, list.length)] ?? null
    const wanted = isTaken(value)
    let masked = apply(value, row)
    for (let step = 0; step < longestWalk; step++) {
      if (masked === null || masked === value || (isTaken(masked) === wanted && !places.has(masked))) return masked
      masked = apply(masked, row)
    }
    return masked
  }
}

/** All values that the constraint allows, where they are few. */
function listOf(samplers: readonly DomainSampler[]): readonly string[] {
  const [only] = samplers
  if (samplers.length !== 1 || only?.at === undefined || only.capacity > mostListed) return []
  const { at } = only
  return Array.from({ length: only.capacity }, (_, index) => at(index))
}
