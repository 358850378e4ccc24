import { defineEnvironment } from 'prisma-tide'

/** Tests: as little as covers every table, and the same on every day. */
export const environment = defineEnvironment({
  rows: 4,
  clock: '2026-11-01T12:00:00Z',
  seed: 'ci',
  personas: ['alice', 'acme', 'aliceAtAcme'],
})
