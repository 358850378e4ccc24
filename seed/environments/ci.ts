import { defineEnvironment } from 'prisma-tide'

/** Tests: as few rows as hold everything that the schema allows, and the same on every day. */
export const environment = defineEnvironment({
  rows: 'covering',
  clock: '2026-11-01T12:00:00Z',
  seed: 'ci',
  personas: ['alice', 'acme', 'aliceAtAcme'],
})
