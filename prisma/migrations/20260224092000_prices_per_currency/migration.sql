-- CreateTable
CREATE TABLE "prices" (
    "product_id" INTEGER NOT NULL,
    "currency_code" CHAR(3) NOT NULL,
    "valid_from" DATE NOT NULL,
    "amount" DECIMAL(12,2) NOT NULL,

    CONSTRAINT "prices_pkey" PRIMARY KEY ("product_id","currency_code","valid_from")
);

-- AddForeignKey
ALTER TABLE "prices" ADD CONSTRAINT "prices_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prices" ADD CONSTRAINT "prices_currency_code_fkey" FOREIGN KEY ("currency_code") REFERENCES "currencies"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The price every product has today becomes its first price in euros.
INSERT INTO "prices" ("product_id", "currency_code", "valid_from", "amount")
SELECT "id", 'EUR', ("created_at" AT TIME ZONE 'UTC')::date, "price_cents" / 100.0 FROM "products";
