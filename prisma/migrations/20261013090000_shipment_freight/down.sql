-- Rolls back 20261013090000_shipment_freight.

ALTER TABLE public.shipments DROP COLUMN freight;
