import type { PiiClass } from '../../seed/classify/rule.ts'

/** What every column holds and how it is masked, as a person has reviewed it: `seed/classification.json`. */
export interface ReviewedClassification {
  /** By the model's name, else `schema.table`; then by the field's name, else the column's. */
  readonly tables: Readonly<Record<string, Readonly<Record<string, ReviewedColumn>>>>
}

/** What one column holds. */
export interface ReviewedColumn {
  readonly class: PiiClass
  /** As `findMask` knows it, with its argument in brackets, or a name of seed/masks. */
  readonly mask: string
  /** 0 to 1: of the proposal. */
  readonly confidence: number
  readonly reason: string
  /** A person said so. */
  readonly accepted: boolean
  /** Why values that look personal are none: without it such a column stops a fixture. */
  readonly keptBecause?: string | undefined
}

/** The file of a project, relative to its folder. */
export const classificationFile = 'seed/classification.json'
