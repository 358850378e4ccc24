import type { Random } from '../seed/random/random.ts'

/** What a mask of the user's own may use besides the value. */
export interface MaskChance {
  /** Chance that the value and the key decide: the same value has the same. */
  readonly random: Random
  /** Letters and digits that the value and the key decide, at most 16: distinct for distinct values. */
  code(length?: number): string
  /** A value of the same row in PostgreSQL's text form, as it is in the source, by its column. */
  get(column: string): string | null | undefined
}

/** A mask of the user's own. */
export interface OwnMask {
  /** The value is in PostgreSQL's text form and never NULL; so is what comes back, or null for NULL. */
  readonly mask: (value: string, chance: MaskChance) => string | null
  /** True where it promises that distinct values stay distinct: only then may a unique column have it. */
  readonly distinct?: boolean
}

/**
 * Gives a mask of `seed/masks.ts` its types.
 *
 * @example
 * import { defineMask } from 'prisma-tide'
 *
 * export const masks = {
 *   // In seed/classification.json: "mask": "loyaltyNumber"
 *   loyaltyNumber: defineMask({ mask: (value, { code }) => `${value.slice(0, 2)}-${code(12)}`, distinct: true }),
 * }
 */
export function defineMask(mask: OwnMask): OwnMask {
  return mask
}
