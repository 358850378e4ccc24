import type { RowIndex } from './seed-plan.ts'

/** By what rows are moved whose values follow from themselves, as the email from the person: all of these together. */
export const selfOwner = '#self'

/**
 * By what the rows of an index are moved: all digits of a table together, since they are those of one number, as are
 * the two of a pair; else the column or relation alone.
 * @param name the column's, or `#` and the relation's
 */
export function indexOwner({ kind }: RowIndex, name: string): string {
  return kind === 'row' || kind === 'listed' ? name : `#${kind}`
}
