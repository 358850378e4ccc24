-- DropIndex
DROP INDEX CONCURRENTLY "orders_organisation_id_placed_at_idx";
