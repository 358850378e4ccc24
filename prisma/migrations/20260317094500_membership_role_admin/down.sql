-- PostgreSQL cannot take a value out of an enum: the type is made again.
-- Who was made an administrator in the meantime goes on as a member, never with more rights than before.
-- AlterEnum
ALTER TYPE "membership_role" RENAME TO "membership_role_old";
CREATE TYPE "membership_role" AS ENUM ('OWNER', 'MEMBER');
ALTER TABLE "memberships" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "memberships" ALTER COLUMN "role" TYPE "membership_role"
    USING (CASE "role"::text WHEN 'ADMIN' THEN 'MEMBER' ELSE "role"::text END)::"membership_role";
ALTER TABLE "memberships" ALTER COLUMN "role" SET DEFAULT 'MEMBER';
DROP TYPE "membership_role_old";
