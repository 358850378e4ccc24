import { defineData } from 'prisma-tide'

/** `Ada King Lovelace` is Ada, King Lovelace; a name of one word has no second part. Together they are the whole. */
const whole = `"first_name" || coalesce(' ' || "last_name", '')`

export default defineData({
  description: 'splits the full name into the first and the last',
  table: 'users',
  up: (batch) => `UPDATE "users" SET "first_name" = split_part("full_name", ' ', 1),
    "last_name" = substr("full_name", nullif(strpos("full_name", ' '), 0) + 1) WHERE "first_name" IS NULL AND ${batch()}`,
  // Names that were changed, or came in, since then go back as well.
  down: (batch) => `UPDATE "users" SET "full_name" = ${whole} WHERE "full_name" IS DISTINCT FROM ${whole} AND ${batch()}`,
  check: 'SELECT "id" FROM "users" WHERE "first_name" IS NULL',
})
