-- AlterTable
ALTER TABLE "orders" DROP COLUMN "channel";

-- DropEnum
DROP TYPE "order_channel";
