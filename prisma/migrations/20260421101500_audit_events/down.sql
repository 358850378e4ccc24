DROP TRIGGER "orders_audit_status" ON "orders";

DROP FUNCTION "audit_order_status"();

-- DropTable
DROP TABLE "audit_events";
