-- tide: delete Organisation.planCode
-- tide: fill Organisation.planId=none
-- tide: archive organisations.plan_code

-- Archive
DO $tide$ BEGIN
  IF to_regnamespace('tide_archive') IS NULL THEN
    CREATE SCHEMA "tide_archive";
  END IF;
  CREATE TABLE IF NOT EXISTS "tide_archive"."archives" (
    "archive" text PRIMARY KEY, "migration" text NOT NULL, "source" text NOT NULL,
    "bytes" bigint NOT NULL, "limit_bytes" bigint NOT NULL, "archived_at" timestamptz NOT NULL DEFAULT now()
  );
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'The role "%" cannot make the schema tide_archive, in which this migration archives.', current_user
    USING ERRCODE = 'TD002', HINT = format('Let a role that can run CREATE SCHEMA tide_archive AUTHORIZATION %I'
      ' before, or write the migration with: tide dev --no-archive', current_user);
END $tide$;
LOCK TABLE "organisations" IN ACCESS EXCLUSIVE MODE;
INSERT INTO "tide_archive"."archives" ("archive", "migration", "source", "bytes", "limit_bytes") VALUES
  ('organisations.52e11899a301', '20261110081500_plan_key', 'public.organisations (plan_code)', pg_table_size('"organisations"'), 268435456)
  ON CONFLICT ("archive") DO UPDATE SET "bytes" = excluded."bytes", "limit_bytes" = excluded."limit_bytes", "archived_at" = now();
DROP TABLE IF EXISTS "tide_archive"."organisations.52e11899a301";
CREATE TABLE "tide_archive"."organisations.52e11899a301" AS
  SELECT "id", "plan_code" FROM "organisations"
  WHERE (SELECT "bytes" <= "limit_bytes" FROM "tide_archive"."archives" WHERE "archive" = 'organisations.52e11899a301');
ALTER TABLE "tide_archive"."organisations.52e11899a301" ADD PRIMARY KEY ("id");

-- DropForeignKey
ALTER TABLE "organisations" DROP CONSTRAINT "organisations_plan_code_fkey";

-- DropForeignKey
ALTER TABLE "organisations" DROP CONSTRAINT "organisations_plan_id_fkey";

-- DropIndex
DROP INDEX "plans_id_key";

-- AlterTable
ALTER TABLE "organisations" DROP COLUMN "plan_code",
ALTER COLUMN "plan_id" SET NOT NULL,
ALTER COLUMN "plan_id" SET DEFAULT 1;

-- AlterTable
ALTER TABLE "plans" DROP CONSTRAINT "plans_pkey",
ADD CONSTRAINT "plans_pkey" PRIMARY KEY ("id");

-- CreateIndex
CREATE UNIQUE INDEX "plans_code_key" ON "plans"("code");

-- AddForeignKey
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plans"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
