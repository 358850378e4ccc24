import { isUserRelation } from '../catalog/scope.ts'
import { quoteLiteral } from '../quote.ts'

/** The queries behind `readTables`, in the order in which it takes their answers. */
export function tableQuestions(schemas: readonly string[] | undefined): readonly string[] {
  const wanted = `wanted AS (
    SELECT c.oid, c.relname, c.relkind, c.reltuples, n.nspname
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${isUserRelation('n', 'c')}
      ${schemas === undefined ? '' : `AND n.nspname = ANY (ARRAY[${schemas.map(quoteLiteral).join(', ')}]::text[])`})`
  return [tables(wanted), columns(wanted), types(wanted), indexes(wanted), constraints(wanted), triggers(wanted)]
}

/** Names of columns by their numbers. */
function columnNames(relation: string, numbers: string): string {
  return `ARRAY(SELECT a.attname::text FROM unnest(${numbers}) WITH ORDINALITY AS u(number, place)
    JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.number ORDER BY u.place)`
}

/** Switches that not every version of PostgreSQL has. */
function flag(row: string, name: string): string {
  return `coalesce((to_jsonb(${row})->>'${name}')::boolean, false)`
}

const tables = (wanted: string): string => `
  WITH RECURSIVE ${wanted}, taken(root, oid) AS (
    SELECT w.oid, w.oid FROM wanted w
    WHERE w.relkind = 'p'
    UNION ALL
    SELECT t.root, i.inhrelid
    FROM taken t
    JOIN pg_partitioned_table p ON p.partrelid = t.oid AND p.partstrat <> 'h' AND p.partdefid = 0
    JOIN pg_inherits i ON i.inhparent = t.oid
  ), closed AS (
    -- Those below which nothing narrows further: leaves, or tables that take in whatever comes.
    SELECT t.root, pg_get_partition_constraintdef(t.oid) AS definition FROM taken t
    WHERE NOT EXISTS (SELECT FROM taken child JOIN pg_inherits i ON i.inhrelid = child.oid WHERE i.inhparent = t.oid)
  )
  SELECT w.oid::int8 AS id, w.nspname::text AS schema, w.relname::text AS name, w.relkind = 'p' AS "isPartitioned",
    CASE WHEN w.relkind = 'r' THEN NULL
      WHEN NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = w.oid) THEN 'false'
      ELSE (SELECT string_agg(c.definition, ' OR ' ORDER BY c.definition) FROM closed c WHERE c.root = w.oid)
    END AS "partitionCheck",
    CASE w.relkind WHEN 'p' THEN ${columnNames('w.oid', 'p.partattrs::int2[]')} ELSE '{}' END AS "partitionColumns",
    p.partexprs IS NULL AS "isByColumns",
    row_security_active(w.oid) AS "rowSecurity",
    (CASE w.relkind WHEN 'p' THEN (SELECT sum(greatest(leaf.reltuples, 0)) FROM pg_partition_tree(w.oid) tree
      JOIN pg_class leaf ON leaf.oid = tree.relid WHERE tree.isleaf) ELSE greatest(w.reltuples, 0) END)::float8 AS "estimatedRows"
  FROM wanted w LEFT JOIN pg_partitioned_table p ON p.partrelid = w.oid
  ORDER BY w.nspname COLLATE "C", w.relname COLLATE "C"`

const columns = (wanted: string): string => `
  WITH ${wanted}
  SELECT w.oid::int8 AS table, a.attname::text AS name, a.atttypid::int8 AS "typeId", a.atttypmod::int AS modifier,
    format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "notNull", a.attndims::int AS dimensions,
    CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS default,
    CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END AS generated,
    CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS identity,
    (SELECT format('%I.%I', sn.nspname, s.relname) FROM pg_depend own
      JOIN pg_class s ON s.oid = own.objid AND s.relkind = 'S' JOIN pg_namespace sn ON sn.oid = s.relnamespace
      WHERE own.classid = 'pg_class'::regclass AND own.refclassid = 'pg_class'::regclass AND own.refobjid = w.oid
        AND own.refobjsubid = a.attnum AND own.deptype IN ('a', 'i') LIMIT 1) AS sequence,
    col_description(w.oid, a.attnum) AS comment
  FROM wanted w
  JOIN pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  ORDER BY w.oid, a.attnum`

/** All types that a column stands on: below domains, arrays, composite types and ranges. */
const types = (wanted: string): string => `
  WITH RECURSIVE ${wanted}, used(oid) AS (
    SELECT a.atttypid FROM wanted w
    JOIN pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION
    SELECT part.oid FROM used u JOIN pg_type t ON t.oid = u.oid CROSS JOIN LATERAL (
      SELECT t.typbasetype WHERE t.typtype = 'd'
      UNION ALL SELECT t.typelem WHERE t.typelem <> 0
      UNION ALL SELECT a.atttypid FROM pg_attribute a
        WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL SELECT r.rngsubtype FROM pg_range r WHERE t.oid IN (r.rngtypid, r.rngmultitypid)
    ) part(oid)
  )
  SELECT t.oid::int8 AS id, t.typname::text AS name, t.typtype::text AS kind, format_type(t.oid, NULL) AS type,
    t.typbasetype::int8 AS "baseId", t.typtypmod::int AS modifier, t.typndims::int AS dimensions,
    t.typnotnull AS "notNull", t.typdefault AS default,
    CASE WHEN e.typarray = t.oid THEN t.typelem::int8 END AS "elementId",
    CASE t.typtype WHEN 'e' THEN ARRAY(SELECT l.enumlabel::text FROM pg_enum l WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder)
    END AS labels,
    CASE t.typtype WHEN 'd' THEN (SELECT json_agg(json_build_object('name', k.conname,
        'expression', pg_get_expr(k.conbin, 0), 'columns', '[]'::json) ORDER BY k.conname COLLATE "C")
      FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c') END AS checks,
    CASE t.typtype WHEN 'c' THEN (SELECT json_agg(json_build_object('name', a.attname, 'typeId', a.atttypid::int8,
        'modifier', a.atttypmod, 'type', format_type(a.atttypid, a.atttypmod), 'dimensions', a.attndims) ORDER BY a.attnum)
      FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) END AS attributes,
    CASE WHEN t.typtype IN ('r', 'm') THEN
      (SELECT r.rngsubtype::int8 FROM pg_range r WHERE t.oid IN (r.rngtypid, r.rngmultitypid)) END AS "subtypeId"
  FROM used u JOIN pg_type t ON t.oid = u.oid LEFT JOIN pg_type e ON e.oid = t.typelem`

const indexes = (wanted: string): string => `
  WITH ${wanted}
  SELECT w.oid::int8 AS table, coalesce(k.conname, x.relname)::text AS name, i.indisprimary AS "isPrimary",
    ARRAY(SELECT a.attname::text FROM generate_series(0, i.indnkeyatts - 1) AS place
      LEFT JOIN pg_attribute a ON a.attrelid = w.oid AND a.attnum = i.indkey[place] AND a.attnum <> 0
      ORDER BY place) AS columns,
    ARRAY(SELECT pg_get_indexdef(i.indexrelid, place, false) FROM generate_series(1, i.indnkeyatts::int) AS place
      ORDER BY place) AS definitions,
    pg_get_expr(i.indpred, w.oid) AS predicate,
    ${flag('i', 'indnullsnotdistinct')} AS "nullsNotDistinct",
    coalesce(k.condeferrable, false) AS deferrable
  FROM wanted w
  JOIN pg_index i ON i.indrelid = w.oid AND i.indisunique AND i.indisready
  JOIN pg_class x ON x.oid = i.indexrelid
  LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = w.oid AND k.contype IN ('p', 'u')
  ORDER BY w.oid, x.relname COLLATE "C"`

/** CHECK, EXCLUDE and foreign keys; of PostgreSQL 18 also keys WITHOUT OVERLAPS, which exclude as well. */
const constraints = (wanted: string): string => `
  WITH ${wanted}
  SELECT w.oid::int8 AS table, k.conname::text AS name, k.contype::text AS kind,
    ${columnNames('w.oid', 'k.conkey')} AS columns,
    CASE k.contype WHEN 'c' THEN pg_get_expr(k.conbin, w.oid) END AS expression,
    CASE k.contype WHEN 'f' THEN tn.nspname::text END AS "targetSchema",
    CASE k.contype WHEN 'f' THEN tc.relname::text END AS "targetTable",
    CASE k.contype WHEN 'f' THEN ${columnNames('k.confrelid', 'k.confkey')} END AS "targetColumns",
    k.confmatchtype = 'f' AS "matchFull", k.condeferrable AS deferrable,
    CASE WHEN k.conexclop IS NOT NULL THEN pg_get_constraintdef(k.oid) END AS definition,
    CASE WHEN k.conexclop IS NOT NULL THEN (SELECT pg_get_expr(i.indpred, w.oid) FROM pg_index i
      WHERE i.indexrelid = k.conindid) END AS predicate,
    CASE WHEN k.conexclop IS NOT NULL THEN (SELECT json_agg(json_build_object('column', a.attname,
        'expression', pg_get_indexdef(i.indexrelid, place::int, false), 'operator', o.oprname) ORDER BY place)
      FROM pg_index i CROSS JOIN unnest(k.conexclop) WITH ORDINALITY AS u(operator, place)
      JOIN pg_operator o ON o.oid = u.operator
      LEFT JOIN pg_attribute a ON a.attrelid = w.oid AND a.attnum = i.indkey[place - 1] AND a.attnum <> 0
      WHERE i.indexrelid = k.conindid) END AS elements
  FROM wanted w
  JOIN pg_constraint k ON k.conrelid = w.oid AND (k.contype IN ('c', 'x', 'f') OR k.conexclop IS NOT NULL)
  LEFT JOIN pg_class tc ON tc.oid = k.confrelid
  LEFT JOIN pg_namespace tn ON tn.oid = tc.relnamespace
  -- A foreign key to a partitioned table has a copy for each partition.
  WHERE NOT (k.contype = 'f' AND k.conparentid <> 0)
  ORDER BY w.oid, k.conname COLLATE "C"`

const triggers = (wanted: string): string => `
  WITH ${wanted}
  SELECT w.oid::int8 AS table, t.tgname::text AS name, format('%s.%s', n.nspname, p.proname) AS function
  FROM wanted w
  JOIN pg_trigger t ON t.tgrelid = w.oid AND NOT t.tgisinternal AND t.tgtype & 4 <> 0 AND t.tgenabled IN ('O', 'A')
  JOIN pg_proc p ON p.oid = t.tgfoid
  JOIN pg_namespace n ON n.oid = p.pronamespace
  ORDER BY w.oid, t.tgname COLLATE "C"`
