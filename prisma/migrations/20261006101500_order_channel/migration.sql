-- tide: fill Order.channel="(CASE WHEN placed_by_id IS NULL THEN 'EDI' ELSE 'WEB' END)::order_channel"

-- CreateEnum
CREATE TYPE "order_channel" AS ENUM ('WEB', 'PHONE', 'EDI');

-- AlterTable
ALTER TABLE "orders" ADD COLUMN "channel" "order_channel";

-- Fill
UPDATE "orders" SET "channel" = (CASE WHEN placed_by_id IS NULL THEN 'EDI' ELSE 'WEB' END)::order_channel;

ALTER TABLE "orders" ALTER COLUMN "channel" SET NOT NULL;
