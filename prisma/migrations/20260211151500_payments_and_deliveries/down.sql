-- DropTable
DROP TABLE "delivery_lines";

-- DropTable
DROP TABLE "deliveries";

-- DropTable
DROP TABLE "payments";

-- DropEnum
DROP TYPE "payment_status";

-- DropEnum
DROP TYPE "payment_method";
