-- tide: delete Shipment.freight
-- tide: archive shipments.freight

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
LOCK TABLE "shipments" IN ACCESS EXCLUSIVE MODE;
INSERT INTO "tide_archive"."archives" ("archive", "migration", "source", "bytes", "limit_bytes") VALUES
  ('shipments.5dbcd6f9f752', '20261105110000_drop_shipment_freight', 'public.shipments (freight)', pg_table_size('"shipments"'), 268435456)
  ON CONFLICT ("archive") DO UPDATE SET "bytes" = excluded."bytes", "limit_bytes" = excluded."limit_bytes", "archived_at" = now();
DROP TABLE IF EXISTS "tide_archive"."shipments.5dbcd6f9f752";
CREATE TABLE "tide_archive"."shipments.5dbcd6f9f752" AS
  SELECT "id", "freight" FROM "shipments"
  WHERE (SELECT "bytes" <= "limit_bytes" FROM "tide_archive"."archives" WHERE "archive" = 'shipments.5dbcd6f9f752');
ALTER TABLE "tide_archive"."shipments.5dbcd6f9f752" ADD PRIMARY KEY ("id");

-- AlterTable
ALTER TABLE "shipments" DROP COLUMN "freight";
