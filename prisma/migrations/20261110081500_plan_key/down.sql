-- tide: allow fails reason="the data step of 20261027083000_plan_ids leaves none, and is asked again before this is applied"
-- Rolls back 20261110081500_plan_key.

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
    ('organisations.52e11899a301', 'public.organisations (plan_code)')
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
  CREATE TABLE IF NOT EXISTS "tide_archive"."organisations.52e11899a301" ("id" uuid, "plan_code" text);
END $tide$;

ALTER TABLE public.organisations DROP CONSTRAINT organisations_plan_id_fkey;

DROP INDEX public.plans_code_key;

ALTER TABLE public.plans DROP CONSTRAINT plans_pkey;

ALTER TABLE public.organisations ADD COLUMN plan_code text DEFAULT 'free'::text NOT NULL;

ALTER TABLE public.organisations ALTER COLUMN plan_id DROP DEFAULT;

ALTER TABLE public.organisations ALTER COLUMN plan_id DROP NOT NULL;

UPDATE "public"."organisations" AS "t" SET "plan_code" = "a"."plan_code"
  FROM "tide_archive"."organisations.52e11899a301" AS "a" WHERE "t"."id" = "a"."id";

ALTER TABLE public.plans ADD CONSTRAINT plans_pkey PRIMARY KEY (code);

CREATE UNIQUE INDEX plans_id_key ON public.plans USING btree (id);

ALTER TABLE public.organisations ADD CONSTRAINT organisations_plan_code_fkey FOREIGN KEY (plan_code) REFERENCES public.plans(code) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE public.organisations ADD CONSTRAINT organisations_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES public.plans(id) ON UPDATE CASCADE ON DELETE SET NULL;

DROP TABLE "tide_archive"."organisations.52e11899a301";

DELETE FROM "tide_archive"."archives" WHERE "archive" IN ('organisations.52e11899a301');
