-- tide: cast OrderLine.unitPrice="unit_price / 100.0"

-- The view depends on the column.
DROP VIEW "order_totals";

-- AlterTable
ALTER TABLE "order_lines" ALTER COLUMN "unit_price" SET DATA TYPE DECIMAL(12,2) USING unit_price / 100.0;

CREATE VIEW "order_totals" AS
SELECT
    "o"."id" AS "order_id",
    "o"."organisation_id",
    "o"."currency_code",
    count("l"."position") AS "lines",
    coalesce(sum(round("l"."unit_price" * "l"."quantity" * (1 - "l"."discount_percent" / 100), 2)), 0) AS "net"
FROM "orders" AS "o"
LEFT JOIN "order_lines" AS "l" ON "l"."order_id" = "o"."id"
WHERE "o"."status" <> 'CANCELLED'
GROUP BY "o"."id";
