-- Rolls back 20261020091500_user_names.

ALTER TABLE public.users DROP COLUMN first_name;

ALTER TABLE public.users DROP COLUMN last_name;

ALTER TABLE public.users ALTER COLUMN full_name SET NOT NULL;
