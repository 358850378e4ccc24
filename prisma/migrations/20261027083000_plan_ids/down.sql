-- Rolls back 20261027083000_plan_ids.

ALTER TABLE public.organisations DROP CONSTRAINT organisations_plan_id_fkey;

DROP INDEX public.plans_id_key;

ALTER TABLE public.organisations DROP COLUMN plan_id;

ALTER TABLE public.plans DROP COLUMN id;
