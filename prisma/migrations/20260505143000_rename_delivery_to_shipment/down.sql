-- Rename
ALTER TABLE "shipments" RENAME TO "deliveries";
ALTER TABLE "shipment_lines" RENAME TO "delivery_lines";
ALTER TABLE "delivery_lines" RENAME COLUMN "shipment_id" TO "delivery_id";
ALTER SEQUENCE "shipments_id_seq" RENAME TO "deliveries_id_seq";
ALTER TABLE "deliveries" RENAME CONSTRAINT "shipments_pkey" TO "deliveries_pkey";
ALTER TABLE "deliveries" RENAME CONSTRAINT "shipments_order_id_fkey" TO "deliveries_order_id_fkey";
ALTER TABLE "delivery_lines" RENAME CONSTRAINT "shipment_lines_pkey" TO "delivery_lines_pkey";
ALTER TABLE "delivery_lines" RENAME CONSTRAINT "shipment_lines_shipment_id_fkey" TO "delivery_lines_delivery_id_fkey";
ALTER TABLE "delivery_lines" RENAME CONSTRAINT "shipment_lines_order_id_line_position_fkey" TO "delivery_lines_order_id_line_position_fkey";
ALTER INDEX "shipments_order_id_idx" RENAME TO "deliveries_order_id_idx";
ALTER INDEX "shipments_carrier_tracking_number_key" RENAME TO "deliveries_carrier_tracking_number_key";
ALTER INDEX "shipment_lines_order_id_line_position_idx" RENAME TO "delivery_lines_order_id_line_position_idx";
