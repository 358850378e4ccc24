-- tide: allow fails reason="the data step of 20261020091500_user_names leaves none, and is asked again before this is applied"
-- Rolls back 20261103094500_drop_user_full_name.

-- Stops here, with nothing changed, where the archive was purged or the table was too large to be archived.
DO $tide$
DECLARE
  kept text[] := '{}';
  lost text;
BEGIN
  IF to_regclass('"tide_archive"."archives"') IS NOT NULL THEN
    kept := ARRAY(SELECT "archive" FROM "tide_archive"."archives" WHERE "bytes" <= "limit_bytes"
      AND to_regclass(format('tide_archive.%I', "archive")) IS NOT NULL);
  END IF;
  SELECT string_agg("source", ', ') INTO lost FROM (VALUES
    ('users.576ac75d5018', 'public.users (full_name)')
  ) AS wanted ("archive", "source") WHERE "archive" <> ALL (kept);
  IF lost IS NULL THEN RETURN; END IF;
  IF current_setting('tide.accept_loss', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION 'The archive of % is not there: it was purged, or the table was too large to be archived.', lost
      USING ERRCODE = 'TD001', HINT = 'To roll back without those rows and values:'
        ' tide down --accept-loss, or SET tide.accept_loss = ''on'' before this script.';
  END IF;
  CREATE SCHEMA IF NOT EXISTS "tide_archive";
  CREATE TABLE IF NOT EXISTS "tide_archive"."archives" (
    "archive" text PRIMARY KEY, "migration" text NOT NULL, "source" text NOT NULL,
    "bytes" bigint NOT NULL, "limit_bytes" bigint NOT NULL, "archived_at" timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE IF NOT EXISTS "tide_archive"."users.576ac75d5018" ("id" uuid, "full_name" text);
END $tide$;

ALTER TABLE public.users ADD COLUMN full_name text;

ALTER TABLE public.users ALTER COLUMN first_name DROP NOT NULL;

UPDATE "public"."users" AS "t" SET "full_name" = "a"."full_name"
  FROM "tide_archive"."users.576ac75d5018" AS "a" WHERE "t"."id" = "a"."id";

DROP TABLE "tide_archive"."users.576ac75d5018";

DELETE FROM "tide_archive"."archives" WHERE "archive" IN ('users.576ac75d5018');
