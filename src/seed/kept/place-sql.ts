import { isUserSchema } from '../../postgres/catalog/scope.ts'

/**
 * Whether a copy of another database could lack something that this one has and that no catalog of ours tells: what
 * hangs at the database itself, large objects, archived rows, what stands in the schema `tide` besides tables. Also
 * triggers that inserting or truncating would run, as what they do may go beyond the database, and tables that cannot
 * be emptied alone. $1 are the tables that are emptied first, as `schema.table`.
 */
export const peculiarSql = `
  WITH emptied AS (
    SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname || '.' || c.relname = ANY ($1)
  )
  SELECT d.datacl IS NOT NULL OR d.datconnlimit <> -1 OR d.datistemplate
    OR d.dattablespace <> (SELECT oid FROM pg_tablespace WHERE spcname = 'pg_default')
    OR pg_get_userbyid(d.datdba) <> current_user
    OR EXISTS (SELECT FROM pg_db_role_setting WHERE setdatabase = d.oid)
    OR EXISTS (SELECT FROM pg_shdescription WHERE classoid = 'pg_database'::regclass AND objoid = d.oid)
    OR EXISTS (SELECT FROM pg_shseclabel WHERE classoid = 'pg_database'::regclass AND objoid = d.oid)
    OR EXISTS (SELECT FROM pg_seclabel)
    OR EXISTS (SELECT FROM pg_replication_slots WHERE database = d.datname)
    OR EXISTS (SELECT FROM pg_subscription WHERE subdbid = d.oid)
    OR EXISTS (SELECT FROM pg_prepared_xacts WHERE database = d.datname)
    OR EXISTS (SELECT FROM pg_largeobject_metadata)
    OR to_regnamespace('tide_archive') IS NOT NULL
    OR EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace('tide') AND relkind NOT IN ('r', 'i', 'S', 't'))
    OR EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace('tide') AND relacl IS NOT NULL)
    OR EXISTS (SELECT FROM pg_namespace WHERE nspname = 'tide' AND nspacl IS NOT NULL)
    OR EXISTS (SELECT FROM pg_proc WHERE pronamespace = to_regnamespace('tide'))
    OR EXISTS (SELECT FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      WHERE NOT t.tgisinternal AND t.tgtype & (4 | 32) <> 0)
    OR EXISTS (SELECT FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE r.ev_type = '3' AND c.relkind <> 'v')
    OR EXISTS (SELECT FROM pg_constraint
      WHERE contype = 'f' AND confrelid IN (SELECT oid FROM emptied) AND conrelid NOT IN (SELECT oid FROM emptied))
    AS peculiar
  FROM pg_database d WHERE d.datname = current_database()`

/** The tables and materialized views whose rows would be lost. */
export const tablesSql = `
  SELECT n.nspname AS schema, c.relname AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated)
    AND ${isUserSchema('n.nspname')} AND c.relname <> '_prisma_migrations'
    AND n.nspname || '.' || c.relname <> ALL ($1)
  ORDER BY 1, 2`

/** Sequences that are not where they began; those of tables that are emptied begin anew. */
export const sequencesSql = `
  SELECT n.nspname AS schema, c.relname AS name, data.last_value::text AS last, data.is_called AS called
  FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace,
    pg_get_sequence_data(s.seqrelid) AS data
  WHERE ${isUserSchema('n.nspname')} AND (data.is_called OR data.last_value <> s.seqstart)
    AND NOT EXISTS (
      SELECT FROM pg_depend o JOIN pg_class t ON t.oid = o.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace
      WHERE o.classid = 'pg_class'::regclass AND o.objid = s.seqrelid AND o.refclassid = 'pg_class'::regclass
        AND o.deptype IN ('a', 'i') AND tn.nspname || '.' || t.relname = ANY ($1)
    )
  ORDER BY 1, 2`

/** The ledger and the tables of the schema \`tide\`, with their columns. */
export const booksSql = `
  SELECT n.nspname AS schema, c.relname AS name,
    (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity), ','
       ORDER BY a.attnum)
     FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    c.relacl::text AS grants
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND (n.nspname = 'tide' OR c.relname = '_prisma_migrations' AND n.nspname !~ '^pg_')
  ORDER BY 1, 2`

/** Where the numbering of a book stands. */
export const bookSequencesSql = `
  SELECT n.nspname AS schema, c.relname AS name, data.last_value::text AS last, data.is_called AS "isCalled"
  FROM pg_depend o JOIN pg_class c ON c.oid = o.objid AND c.relkind = 'S' JOIN pg_namespace n ON n.oid = c.relnamespace,
    pg_get_sequence_data(c.oid) AS data
  WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.deptype IN ('a', 'i')
    AND o.refobjid = $1::regclass
  ORDER BY 1, 2`
