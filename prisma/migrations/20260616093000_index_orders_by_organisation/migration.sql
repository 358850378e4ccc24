-- Orders are written all day: the index is built without holding them up.
-- CreateIndex
CREATE INDEX CONCURRENTLY "orders_organisation_id_placed_at_idx" ON "orders"("organisation_id", "placed_at" DESC);
