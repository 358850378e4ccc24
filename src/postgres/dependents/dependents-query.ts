/** Unqualified where unqualified names live, as Prisma writes them: the same migration may run in another schema. */
export const relationName = `(CASE WHEN n.nspname = current_schema() THEN '' ELSE quote_ident(n.nspname) || '.' END
    || quote_ident(c.relname))`
const viewKind = `CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END`

function grantee(role: string): string {
  return `CASE WHEN ${role} = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(${role})) END`
}

/** As a list of at most one statement: the comment on an object that is named so in SQL. */
export function commentOn(named: string, catalog: string, oid: string): string {
  return `coalesce((SELECT ARRAY[format('COMMENT ON %s IS %L', ${named}, d.description)]
    FROM pg_description d WHERE d.objoid = ${oid} AND d.classoid = '${catalog}'::regclass AND d.objsubid = 0), '{}')`
}

const triggerCreation = `
  ARRAY[pg_get_triggerdef(t.oid, true)]
  || CASE t.tgenabled WHEN 'O' THEN '{}' ELSE ARRAY[format('ALTER TABLE %s %s TRIGGER %I', ${relationName},
      CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, t.tgname)] END
  || ${commentOn(`format('TRIGGER %I ON %s', t.tgname, ${relationName})`, 'pg_trigger', 't.oid')}`

/** A view's definition with its options, then its owner, comments, grants, indexes, triggers and rules. */
const viewCreation = `
  ARRAY[format('CREATE %s %s%s AS%s%s', ${viewKind}, ${relationName},
    CASE WHEN c.reloptions IS NULL THEN '' ELSE ' WITH (' || array_to_string(c.reloptions, ', ') || ')' END,
    E'\n' || rtrim(pg_get_viewdef(c.oid), ';'),
    CASE WHEN c.relkind = 'm' AND NOT c.relispopulated THEN E'\nWITH NO DATA' ELSE '' END)]
  || CASE WHEN pg_get_userbyid(c.relowner) = current_user THEN '{}'
      ELSE ARRAY[format('ALTER %s %s OWNER TO %I', ${viewKind}, ${relationName}, pg_get_userbyid(c.relowner))] END
  || coalesce((SELECT array_agg(pg_get_indexdef(i.indexrelid, 0, true) ORDER BY i.indexrelid)
      FROM pg_index i WHERE i.indrelid = c.oid), '{}')
  || coalesce((SELECT array_agg(statement) FROM (
      SELECT unnest(${triggerCreation}) AS statement FROM pg_trigger t
      WHERE t.tgrelid = c.oid AND NOT t.tgisinternal ORDER BY t.oid) triggers), '{}')
  || coalesce((SELECT array_agg(rtrim(pg_get_ruledef(r.oid, true), ';') ORDER BY r.oid)
      FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN'), '{}')
  || coalesce((SELECT array_agg(format('COMMENT ON %s %s%s IS %L',
        CASE WHEN d.objsubid > 0 THEN 'COLUMN' ELSE ${viewKind} END,
        ${relationName}, CASE WHEN d.objsubid > 0 THEN '.' || quote_ident(a.attname) ELSE '' END, d.description)
        ORDER BY d.objsubid)
      FROM pg_description d LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid
      WHERE d.objoid = c.oid AND d.classoid = 'pg_class'::regclass), '{}')
  || coalesce((SELECT array_agg(format('GRANT %s%s ON %s TO %s%s', acl.privilege_type,
        CASE WHEN acl.attname IS NULL THEN '' ELSE ' (' || quote_ident(acl.attname) || ')' END, ${relationName},
        ${grantee('acl.grantee')}, CASE WHEN acl.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
        ORDER BY acl.grantee, acl.attname, acl.privilege_type)
      FROM (
        SELECT whole.grantee, whole.privilege_type, whole.is_grantable, NULL::name AS attname FROM aclexplode(c.relacl) whole
        UNION ALL
        SELECT part.grantee, part.privilege_type, part.is_grantable, a.attname
        FROM pg_attribute a, aclexplode(a.attacl) part WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL
      ) acl WHERE acl.grantee <> c.relowner), '{}')`

const policyCreation = `
  ARRAY[format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.polname, ${relationName},
    CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
    (SELECT string_agg(${grantee('role')}, ', ') FROM unnest(p.polroles) role),
    CASE WHEN p.polqual IS NULL THEN '' ELSE ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')' END,
    CASE WHEN p.polwithcheck IS NULL THEN '' ELSE ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')' END)]
  || ${commentOn(`format('POLICY %I ON %s', p.polname, ${relationName})`, 'pg_policy', 'p.oid')}`

const ruleCreation = `
  ARRAY[rtrim(pg_get_ruledef(r.oid, true), ';')]
  || ${commentOn(`format('RULE %I ON %s', r.rulename, ${relationName})`, 'pg_rewrite', 'r.oid')}`


/**
 * `$1`: the columns as JSON. Views by their depth, so that each comes after what it reads; then rules, policies and
 * triggers; last the generated columns, for which nothing can be done.
 */
export const dependentsQuery = `
WITH RECURSIVE wanted AS (
  SELECT c.oid AS relation, a.attnum, w.table || '.' || w.column AS label
  FROM json_to_recordset($1::json) AS w(schema text, "table" text, "column" text)
  JOIN pg_namespace n ON n.nspname = w.schema
  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.table
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = w.column AND NOT a.attisdropped
), hanging AS (
  SELECT d.classid, d.objid, d.objsubid, min(w.label) AS label
  FROM wanted w JOIN pg_depend d
    ON d.refclassid = 'pg_class'::regclass AND d.refobjid = w.relation AND d.refobjsubid = w.attnum
  GROUP BY d.classid, d.objid, d.objsubid
), views(relation, label, depth) AS (
  SELECT r.ev_class, h.label, 1
  FROM hanging h JOIN pg_rewrite r ON h.classid = 'pg_rewrite'::regclass AND r.oid = h.objid AND r.rulename = '_RETURN'
  UNION
  SELECT r.ev_class, v.label, v.depth + 1
  FROM views v
  JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = v.relation AND d.classid = 'pg_rewrite'::regclass
  JOIN pg_rewrite r ON r.oid = d.objid AND r.ev_class <> v.relation AND r.rulename = '_RETURN'
  WHERE v.depth < 50
), deepest AS (
  SELECT relation, min(label) AS label, max(depth) AS depth FROM views GROUP BY relation
), found AS (
  SELECT v.depth AS position, lower(${viewKind}) AS kind, ${relationName} AS name, v.label AS "column",
    format('DROP %s %s', ${viewKind}, ${relationName}) AS "drop", ${viewCreation} AS "create"
  FROM deepest v JOIN pg_class c ON c.oid = v.relation JOIN pg_namespace n ON n.oid = c.relnamespace
  UNION ALL
  SELECT 1000, 'rule', quote_ident(r.rulename) || ' on ' || ${relationName}, h.label,
    format('DROP RULE %I ON %s', r.rulename, ${relationName}), ${ruleCreation}
  FROM hanging h JOIN pg_rewrite r ON h.classid = 'pg_rewrite'::regclass AND r.oid = h.objid AND r.rulename <> '_RETURN'
  JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.oid NOT IN (SELECT relation FROM deepest)
  UNION ALL
  SELECT 1001, 'policy', quote_ident(p.polname) || ' on ' || ${relationName}, h.label,
    format('DROP POLICY %I ON %s', p.polname, ${relationName}), ${policyCreation}
  FROM hanging h JOIN pg_policy p ON h.classid = 'pg_policy'::regclass AND p.oid = h.objid
  JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  UNION ALL
  SELECT 1002, 'trigger', quote_ident(t.tgname) || ' on ' || ${relationName}, h.label,
    format('DROP TRIGGER %I ON %s', t.tgname, ${relationName}), ${triggerCreation}
  FROM hanging h JOIN pg_trigger t ON h.classid = 'pg_trigger'::regclass AND t.oid = h.objid AND NOT t.tgisinternal
  JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  UNION ALL
  SELECT 1003, 'generated column', ${relationName} || '.' || quote_ident(a.attname), min(h.label), '', '{}'::text[]
  FROM hanging h
  LEFT JOIN pg_attrdef e ON h.classid = 'pg_attrdef'::regclass AND e.oid = h.objid
  JOIN pg_attribute a ON a.attgenerated <> '' AND (
    (a.attrelid = e.adrelid AND a.attnum = e.adnum)
    OR (h.classid = 'pg_class'::regclass AND a.attrelid = h.objid AND a.attnum = h.objsubid))
  JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE (a.attrelid, a.attnum) NOT IN (SELECT relation, attnum FROM wanted)
  GROUP BY n.nspname, c.relname, a.attname
)
SELECT json_agg(json_build_object('kind', kind, 'name', name, 'column', "column", 'drop', "drop", 'create', "create")
  ORDER BY position, name) AS dependents
FROM found`
