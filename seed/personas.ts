import { definePersonas } from 'prisma-tide'
import type { Models } from './schema.d.ts'

/** People whom everybody on the team knows: the same identifiers in every environment. */
export const personas = definePersonas<Models>({
  Organisation: {
    acme: { name: 'Acme Supplies', slug: 'acme', country: 'DE', plan: 'business' },
    tiny: { name: 'Tiny Shop', slug: 'tiny', country: 'NL', plan: 'free' },
  },
  User: {
    alice: { fullName: 'Alice Adams', email: 'alice@example.com', locale: 'en' },
    bruno: { fullName: 'Bruno Becker', email: 'bruno@example.com', locale: 'de' },
  },
  Membership: {
    aliceAtAcme: { organisation: 'acme', user: 'alice', role: 'OWNER' },
    brunoAtTiny: { organisation: 'tiny', user: 'bruno', role: 'OWNER' },
  },
})
