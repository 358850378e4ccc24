import type { AnyModels } from './define-generators.ts'

/**
 * Named rows by model and name. A relation is given by the name of a persona of the other model, or by the key of a
 * row of reference data; fields that are left out are made as for every other row.
 */
export type Personas<Models> = {
  readonly [Model in keyof Models]?: Readonly<Record<string, Partial<Readonly<Models[Model]>>>>
}

/**
 * Gives `seed/personas.ts` its types.
 *
 * @example
 * import { definePersonas } from 'prisma-tide'
 * import type { Models } from './schema.d.ts'
 *
 * export const personas = definePersonas<Models>({
 *   Organisation: { acme: { name: 'Acme', slug: 'acme', country: 'DE' } },
 *   User: { alice: { fullName: 'Alice Adams', email: 'alice@example.com' } },
 *   Membership: { aliceAtAcme: { user: 'alice', organisation: 'acme', role: 'OWNER' } },
 * })
 */
export function definePersonas<Models = AnyModels>(personas: Personas<Models>): Personas<Models> {
  return personas
}
