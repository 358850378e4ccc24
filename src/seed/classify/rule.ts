import type { ModelRole } from './model-role.ts'
import type { TypeGroup } from './type-group.ts'

/**
 * What a value says of a person. D: who it is. Q: together with others, who it is. S: sensitive (health, belief, pay,
 * means of payment). C: opens something. F: free text, which may hold anything. K: a key or a link. N: nothing.
 */
export type PiiClass = 'D' | 'Q' | 'S' | 'C' | 'F' | 'K' | 'N'

/** How columns of one meaning are recognised. */
export interface ClassifyRule {
  /** What makes such values, by its name. */
  readonly generator: string
  readonly piiClass: PiiClass
  /** Separated by commas, in small letters; `wordsOf` spells them as it spells columns. */
  readonly names: string
  /** The value cannot be of another type; no rule goes on its name alone. */
  readonly types: readonly TypeGroup[]
  /** The models in which such a name means this. */
  readonly models?: readonly ModelRole[]
}
