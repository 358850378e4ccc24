import { defineData } from 'prisma-tide'

export default defineData({
  description: 'writes what carriers charge as exact amounts: floats cannot be summed up to the cent',
  table: 'shipments',
  up: (batch) => `UPDATE "shipments" SET "freight_amount" = round("freight"::numeric, 2)
    WHERE "freight" IS NOT NULL AND "freight_amount" IS NULL AND ${batch()}`,
  // A float that the amount was made from stays what it was, to the last bit.
  down: (batch) => `UPDATE "shipments" SET "freight" = "freight_amount"
    WHERE round("freight"::numeric, 2) IS DISTINCT FROM "freight_amount" AND ${batch()}`,
  check: 'SELECT "id" FROM "shipments" WHERE "freight" IS NOT NULL AND "freight_amount" IS NULL',
})
