import type { Connection } from '../connect.ts'

/** A column, by names. */
export interface ColumnReference {
  readonly schema: string
  readonly table: string
  readonly column: string
}

/** Something that hangs on a column so that PostgreSQL refuses to change the column's type. */
export interface Dependent {
  readonly kind:
    | 'view'
    | 'materialized view'
    | 'policy'
    | 'trigger'
    | 'generated column'
    | 'rule'
    | 'constraint'
    | 'index'
  /** As SQL: `"public"."active_users"`. */
  readonly name: string
  /** The column it hangs on, as `table.column`. */
  readonly column: string
  readonly drop: string
  /** What brings it back with its comment, privileges, indexes and triggers. Empty where it cannot be done. */
  readonly create: readonly string[]
}

/**
 * What hangs on these columns, directly or through views, in the order in which it can be
 * created; dropped in the reverse order. Functions are not among it: PostgreSQL does not
 * look into their bodies.
 */
export async function readDependents(
  connection: Connection,
  columns: readonly ColumnReference[],
): Promise<readonly Dependent[]> {
  if (columns.length === 0) return []
  const { rows } = await connection.query<{ dependents: readonly Dependent[] | null }>(dependentsQuery, [
    JSON.stringify(columns),
  ])
  return rows[0]?.dependents ?? []
}

const relationName = `quote_ident(n.nspname) || '.' || quote_ident(c.relname)`

/** A view's definition with its options, then its comment, grants, indexes, triggers and rules. */
const viewCreation = `
  ARRAY[format('CREATE %s %s%s AS %s%s',
    CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END,
    ${relationName},
    CASE WHEN c.reloptions IS NULL THEN '' ELSE ' WITH (' || array_to_string(c.reloptions, ', ') || ')' END,
    rtrim(pg_get_viewdef(c.oid), ';'),
    CASE WHEN c.relkind = 'm' AND NOT c.relispopulated THEN ' WITH NO DATA' ELSE '' END)]
  || coalesce((SELECT array_agg(pg_get_indexdef(i.indexrelid) ORDER BY i.indexrelid)
      FROM pg_index i WHERE i.indrelid = c.oid), '{}')
  || coalesce((SELECT array_agg(pg_get_triggerdef(t.oid) ORDER BY t.oid)
      FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal), '{}')
  || coalesce((SELECT array_agg(pg_get_ruledef(r.oid) ORDER BY r.oid)
      FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN'), '{}')
  || coalesce((SELECT array_agg(format('COMMENT ON %s %s%s IS %L',
        CASE WHEN d.objsubid > 0 THEN 'COLUMN' WHEN c.relkind = 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END,
        ${relationName}, CASE WHEN d.objsubid > 0 THEN '.' || quote_ident(a.attname) ELSE '' END, d.description)
        ORDER BY d.objsubid)
      FROM pg_description d LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid
      WHERE d.objoid = c.oid AND d.classoid = 'pg_class'::regclass), '{}')
  || coalesce((SELECT array_agg(format('GRANT %s ON %s TO %s%s', acl.privilege_type, ${relationName},
        CASE WHEN acl.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(acl.grantee)) END,
        CASE WHEN acl.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) ORDER BY acl.grantee, acl.privilege_type)
      FROM aclexplode(c.relacl) acl WHERE acl.grantee <> c.relowner), '{}')`

const policyCreation = `
  ARRAY[format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.polname, ${relationName},
    CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
    (SELECT string_agg(CASE WHEN role = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(role)) END, ', ') FROM unnest(p.polroles) role),
    CASE WHEN p.polqual IS NULL THEN '' ELSE ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')' END,
    CASE WHEN p.polwithcheck IS NULL THEN '' ELSE ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')' END)]`

const dependentsQuery = `
WITH RECURSIVE wanted AS (
  SELECT c.oid AS relation, a.attnum, w.table || '.' || w.column AS label
  FROM json_to_recordset($1::json) AS w(schema text, "table" text, "column" text)
  JOIN pg_namespace n ON n.nspname = w.schema
  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.table
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = w.column AND NOT a.attisdropped
), views(relation, label, depth) AS (
  SELECT r.ev_class, w.label, 1
  FROM wanted w
  JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = w.relation AND d.refobjsubid = w.attnum
    AND d.classid = 'pg_rewrite'::regclass
  JOIN pg_rewrite r ON r.oid = d.objid AND r.rulename = '_RETURN'
  UNION
  SELECT r.ev_class, v.label, v.depth + 1
  FROM views v
  JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = v.relation AND d.classid = 'pg_rewrite'::regclass
  JOIN pg_rewrite r ON r.oid = d.objid AND r.ev_class <> v.relation
  WHERE v.depth < 50
), deepest AS (
  SELECT relation, min(label) AS label, max(depth) AS depth FROM views GROUP BY relation
), found AS (
  SELECT v.depth AS position, CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END AS kind,
    ${relationName} AS name, v.label AS "column",
    format('DROP %s %s', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END, ${relationName}) AS "drop",
    ${viewCreation} AS "create"
  FROM deepest v JOIN pg_class c ON c.oid = v.relation JOIN pg_namespace n ON n.oid = c.relnamespace
  UNION ALL
  SELECT 1000, 'policy', quote_ident(p.polname) || ' on ' || ${relationName}, min(w.label),
    format('DROP POLICY %I ON %s', p.polname, ${relationName}), ${policyCreation}
  FROM wanted w
  JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = w.relation AND d.refobjsubid = w.attnum
    AND d.classid = 'pg_policy'::regclass
  JOIN pg_policy p ON p.oid = d.objid
  JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  GROUP BY p.oid, p.polname, p.polpermissive, p.polcmd, p.polroles, p.polqual, p.polwithcheck, p.polrelid, n.nspname, c.relname
  UNION ALL
  SELECT 1001, 'trigger', quote_ident(t.tgname) || ' on ' || ${relationName}, min(w.label),
    format('DROP TRIGGER %I ON %s', t.tgname, ${relationName}), ARRAY[pg_get_triggerdef(t.oid)]
  FROM wanted w
  JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = w.relation AND d.refobjsubid = w.attnum
    AND d.classid = 'pg_trigger'::regclass
  JOIN pg_trigger t ON t.oid = d.objid AND NOT t.tgisinternal
  JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  GROUP BY t.oid, t.tgname, n.nspname, c.relname
  UNION ALL
  SELECT 1002, 'generated column', ${relationName} || '.' || quote_ident(a.attname), min(w.label), '', '{}'::text[]
  FROM wanted w
  JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = w.relation AND d.refobjsubid = w.attnum
  JOIN pg_attrdef e ON (d.classid = 'pg_attrdef'::regclass AND d.objid = e.oid)
  JOIN pg_attribute a ON a.attrelid = e.adrelid AND a.attnum = e.adnum AND a.attgenerated <> ''
  JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE a.attnum <> w.attnum
  GROUP BY n.nspname, c.relname, a.attname
)
SELECT json_agg(json_build_object('kind', kind, 'name', name, 'column', "column", 'drop', "drop", 'create', "create")
  ORDER BY position, name) AS dependents
FROM found`
