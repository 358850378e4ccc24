-- Rolls back 20261022143000_freight_amount.

ALTER TABLE public.shipments DROP COLUMN freight_amount;
