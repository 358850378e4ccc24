-- tide: allow lossy reason="the prices in euros are the truth since the migration before this one"
-- The prices in euros hold every value that the column had.
-- AlterTable
ALTER TABLE "products" ADD COLUMN "price_cents" INTEGER;

UPDATE "products" SET "price_cents" = coalesce((
    SELECT round("amount" * 100) FROM "prices"
    WHERE "product_id" = "products"."id" AND "currency_code" = 'EUR'
    ORDER BY "valid_from" DESC LIMIT 1
), 0);

ALTER TABLE "products" ALTER COLUMN "price_cents" SET NOT NULL;
