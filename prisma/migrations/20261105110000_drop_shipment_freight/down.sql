-- Rolls back 20261105110000_drop_shipment_freight.

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
    ('shipments.5dbcd6f9f752', 'public.shipments (freight)')
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
  CREATE TABLE IF NOT EXISTS "tide_archive"."shipments.5dbcd6f9f752" ("id" bigint, "freight" double precision);
END $tide$;

ALTER TABLE public.shipments ADD COLUMN freight double precision;

UPDATE "public"."shipments" AS "t" SET "freight" = "a"."freight"
  FROM "tide_archive"."shipments.5dbcd6f9f752" AS "a" WHERE "t"."id" = "a"."id";

DROP TABLE "tide_archive"."shipments.5dbcd6f9f752";

DELETE FROM "tide_archive"."archives" WHERE "archive" IN ('shipments.5dbcd6f9f752');
