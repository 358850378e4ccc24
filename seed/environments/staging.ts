import { defineEnvironment } from 'prisma-tide'

/** As many rows as production has, give or take. */
export const environment = defineEnvironment({
  rows: 2_000,
  models: {
    Organisation: 500,
    Order: 5_000,
    OrderLine: { per: 'Order', rows: 4 },
    Payment: { per: 'Order', rows: 1 },
    AuditEvent: 20_000,
    FeatureFlag: 20,
  },
  personas: false,
})
