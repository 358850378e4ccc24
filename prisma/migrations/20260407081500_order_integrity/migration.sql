-- Written by hand: what the Prisma schema cannot express.

ALTER TABLE "order_lines"
    ADD CONSTRAINT "order_lines_quantity_check" CHECK ("quantity" > 0),
    ADD CONSTRAINT "order_lines_discount_percent_check" CHECK ("discount_percent" BETWEEN 0 AND 100);

ALTER TABLE "prices" ADD CONSTRAINT "prices_amount_check" CHECK ("amount" >= 0);

-- At most one default address of each kind.
CREATE UNIQUE INDEX "addresses_default_key" ON "addresses" ("organisation_id", "kind") WHERE "is_default";

-- An e-mail address is the same one in capitals.
CREATE UNIQUE INDEX "users_email_lower_key" ON "users" (lower("email"));

CREATE VIEW "order_totals" AS
SELECT
    "o"."id" AS "order_id",
    "o"."organisation_id",
    "o"."currency_code",
    count("l"."position") AS "lines",
    coalesce(sum(round("l"."unit_price" / 100.0 * "l"."quantity" * (1 - "l"."discount_percent" / 100), 2)), 0) AS "net"
FROM "orders" AS "o"
LEFT JOIN "order_lines" AS "l" ON "l"."order_id" = "o"."id"
WHERE "o"."status" <> 'CANCELLED'
GROUP BY "o"."id";
