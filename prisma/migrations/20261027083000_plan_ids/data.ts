import { defineData } from 'prisma-tide'

export default defineData({
  description: 'lets organisations point to their plan by its new key',
  table: 'organisations',
  up: (batch) => `UPDATE "organisations" AS o SET "plan_id" = p."id" FROM "plans" AS p
    WHERE p."code" = o."plan_code" AND o."plan_id" IS NULL AND ${batch('o')}`,
  down: (batch) => `UPDATE "organisations" AS o SET "plan_code" = p."code" FROM "plans" AS p
    WHERE p."id" = o."plan_id" AND o."plan_code" <> p."code" AND ${batch('o')}`,
  check: 'SELECT "id" FROM "organisations" WHERE "plan_id" IS NULL',
})
