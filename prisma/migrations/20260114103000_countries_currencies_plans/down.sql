-- DropForeignKey
ALTER TABLE "organisations" DROP CONSTRAINT "organisations_country_code_fkey";

-- DropForeignKey
ALTER TABLE "organisations" DROP CONSTRAINT "organisations_plan_code_fkey";

-- AlterTable
ALTER TABLE "organisations" DROP COLUMN "country_code",
DROP COLUMN "plan_code";

-- DropTable
DROP TABLE "addresses";

-- DropTable
DROP TABLE "plans";

-- DropTable
DROP TABLE "currencies";

-- DropTable
DROP TABLE "countries";

-- DropEnum
DROP TYPE "address_kind";
