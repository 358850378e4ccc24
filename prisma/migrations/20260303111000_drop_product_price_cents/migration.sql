-- tide: delete Product.priceCents

-- AlterTable
ALTER TABLE "products" DROP COLUMN "price_cents";
