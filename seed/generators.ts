import { defineGenerators } from 'prisma-tide'
import type { Models } from './schema.d.ts'

/** What only this application knows of its columns; everything else Tide recognises by itself. */
export const generators = defineGenerators<Models>({
  User: { locale: ['en', 'de', 'fr', 'nl'] },
  Order: { number: ({ index }) => `2026-${String(index + 1).padStart(6, '0')}` },
  Shipment: { carrier: ['DHL', 'UPS', 'DPD'] },
  Product: { tags: ({ random }) => ['new', 'sale', 'eco'].filter(() => random.fraction() < 0.3) },
})
