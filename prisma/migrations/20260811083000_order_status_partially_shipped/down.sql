-- tide: allow lossy reason="orders on hold were settled by hand"
-- tide: incomplete reason="orders that were ON_HOLD stay PLACED: nothing says which they were"

-- The trigger and the view depend on the column.
DROP TRIGGER "orders_audit_status" ON "orders";
DROP VIEW "order_totals";

-- AlterEnum
ALTER TYPE "order_status" RENAME TO "order_status_old";
CREATE TYPE "order_status" AS ENUM ('DRAFT', 'PLACED', 'ON_HOLD', 'PAID', 'SHIPPED', 'CANCELLED');
ALTER TABLE "orders" ALTER COLUMN "status" DROP DEFAULT;
ALTER TABLE "orders" ALTER COLUMN "status" TYPE "order_status"
    USING (CASE "status"::text WHEN 'PARTIALLY_SHIPPED' THEN 'PAID' ELSE "status"::text END)::"order_status";
ALTER TABLE "orders" ALTER COLUMN "status" SET DEFAULT 'DRAFT';
DROP TYPE "order_status_old";

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

CREATE TRIGGER "orders_audit_status" AFTER UPDATE OF "status" ON "orders"
FOR EACH ROW WHEN (OLD."status" IS DISTINCT FROM NEW."status")
EXECUTE FUNCTION "audit_order_status"();
