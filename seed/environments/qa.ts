import { defineEnvironment } from 'prisma-tide'

/** Testers: enough to page through, in another language, full of what breaks forms; the same until the clock moves. */
export const environment = defineEnvironment({
  rows: 100,
  models: { Order: 1_000, OrderLine: { per: 'Order', rows: 4 }, AuditEvent: 2_000 },
  edges: 0.2,
  locale: 'de',
  clock: '2026-11-01T12:00:00Z',
})
