-- DropTable
DROP TABLE "memberships";

-- DropTable
DROP TABLE "users";

-- DropTable
DROP TABLE "organisations";

-- DropEnum
DROP TYPE "membership_role";
