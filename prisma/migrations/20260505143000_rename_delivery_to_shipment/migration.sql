-- tide: rename Delivery:Shipment
-- tide: rename DeliveryLine:ShipmentLine
-- tide: rename ShipmentLine.deliveryId:shipmentId

-- Rename
ALTER TABLE "deliveries" RENAME TO "shipments";
ALTER TABLE "delivery_lines" RENAME TO "shipment_lines";
ALTER TABLE "shipment_lines" RENAME COLUMN "delivery_id" TO "shipment_id";
ALTER SEQUENCE "deliveries_id_seq" RENAME TO "shipments_id_seq";
ALTER TABLE "shipments" RENAME CONSTRAINT "deliveries_pkey" TO "shipments_pkey";
ALTER TABLE "shipments" RENAME CONSTRAINT "deliveries_order_id_fkey" TO "shipments_order_id_fkey";
ALTER TABLE "shipment_lines" RENAME CONSTRAINT "delivery_lines_pkey" TO "shipment_lines_pkey";
ALTER TABLE "shipment_lines" RENAME CONSTRAINT "delivery_lines_delivery_id_fkey" TO "shipment_lines_shipment_id_fkey";
ALTER TABLE "shipment_lines" RENAME CONSTRAINT "delivery_lines_order_id_line_position_fkey" TO "shipment_lines_order_id_line_position_fkey";
ALTER INDEX "deliveries_order_id_idx" RENAME TO "shipments_order_id_idx";
ALTER INDEX "deliveries_carrier_tracking_number_key" RENAME TO "shipments_carrier_tracking_number_key";
ALTER INDEX "delivery_lines_order_id_line_position_idx" RENAME TO "shipment_lines_order_id_line_position_idx";
