-- "products"."price_cents" still holds what the prices were made from.
-- DropTable
DROP TABLE "prices";
