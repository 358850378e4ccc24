-- tide: delete User.fullName
-- tide: fill User.firstName=none
-- tide: archive users.full_name

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
LOCK TABLE "users" IN ACCESS EXCLUSIVE MODE;
INSERT INTO "tide_archive"."archives" ("archive", "migration", "source", "bytes", "limit_bytes") VALUES
  ('users.576ac75d5018', '20261103094500_drop_user_full_name', 'public.users (full_name)', pg_table_size('"users"'), 268435456)
  ON CONFLICT ("archive") DO UPDATE SET "bytes" = excluded."bytes", "limit_bytes" = excluded."limit_bytes", "archived_at" = now();
DROP TABLE IF EXISTS "tide_archive"."users.576ac75d5018";
CREATE TABLE "tide_archive"."users.576ac75d5018" AS
  SELECT "id", "full_name" FROM "users"
  WHERE (SELECT "bytes" <= "limit_bytes" FROM "tide_archive"."archives" WHERE "archive" = 'users.576ac75d5018');
ALTER TABLE "tide_archive"."users.576ac75d5018" ADD PRIMARY KEY ("id");

-- AlterTable
ALTER TABLE "users" DROP COLUMN "full_name",
ALTER COLUMN "first_name" SET NOT NULL;
