import { definePersonas } from 'prisma-tide'
import type { Models } from './schema.d.ts'

/** People whom everybody on the team knows: the same identifiers in every environment. */
export const personas = definePersonas<Models>({
  Organisation: {
    acme: { name: 'Acme Supplies', slug: 'acme', country: 'DE', plan: '3' },
    tiny: { name: 'Tiny Shop', slug: 'tiny', country: 'NL', plan: '1' },
  },
  User: {
    alice: { firstName: 'Alice', lastName: 'Adams', email: 'alice@example.com', locale: 'en' },
    bruno: { firstName: 'Bruno', lastName: 'Becker', email: 'bruno@example.com', locale: 'de' },
  },
  Membership: {
    aliceAtAcme: { organisation: 'acme', user: 'alice', role: 'OWNER' },
    brunoAtTiny: { organisation: 'tiny', user: 'bruno', role: 'OWNER' },
  },
})
