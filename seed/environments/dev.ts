import { defineEnvironment } from 'prisma-tide'

/** A laptop: small, with everybody's favourite people in it. */
export const environment = defineEnvironment({
  rows: 10,
  models: {
    Organisation: 5,
    User: 15,
    Product: 40,
    Order: 60,
    OrderLine: { per: 'Order', rows: 3 },
    Payment: { per: 'Order', rows: 1 },
    AuditEvent: 100,
  },
  personas: true,
})
