import type { Person, PostalAddress } from '../generators/generator.ts'
import type { Random } from '../random/random.ts'

/** What a rule may know of the row that it fills. */
export interface RuleRow {
  /** From 0. */
  readonly index: number
  /** Shared by all fields of the row: the same person, the same address. */
  readonly person: Person
  readonly address: PostalAddress
  /** When the row came to be. */
  readonly moment: Date
  /** Chance that follows from the seed, the model, the field and the row. */
  readonly random: Random
  /** A value of the same row in PostgreSQL's text form, for the fields that the rule names in `after`. */
  get(field: string): string | null | undefined
}

/** How one field is filled: one of a list, a function of the row, or a generator of Tide by its name. */
export type Rule<Value> =
  | readonly Value[]
  | ((row: RuleRow) => Value)
  | { readonly after: readonly string[]; readonly make: (row: RuleRow) => Value }
  | { readonly generator: string }

/** Rules by model and field. */
export type Rules<Models> = {
  readonly [Model in keyof Models]?: { readonly [Field in keyof Models[Model]]?: Rule<Models[Model][Field]> }
}

/** Any model with any field: what counts where `Models` of `seed/schema.d.ts` is not given. */
export type AnyModels = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/**
 * Gives `seed/generators.ts` its types: with `Models` of `seed/schema.d.ts`, which Tide writes, a field that the schema
 * no longer has does not compile.
 *
 * @example
 * import { defineGenerators } from 'prisma-tide'
 * import type { Models } from './schema.d.ts'
 *
 * export const generators = defineGenerators<Models>({
 *   User: {
 *     locale: ['en', 'de', 'fr'],
 *     email: ({ person }) => `${person.handle}@example.com`,
 *     fullName: { generator: 'fullName' },
 *   },
 * })
 */
export function defineGenerators<Models = AnyModels>(rules: Rules<Models>): Rules<Models> {
  return rules
}
