import type { Connection } from '../connect.ts'
import type { ColumnReference, Dependent } from './dependents.ts'

/** A constraint or an index that says something about a column besides its name. */
export type ColumnCondition = Dependent & { readonly kind: 'constraint' | 'index' }

/**
 * The CHECK and exclusion constraints over these columns, and the indexes whose expression or condition
 * uses them. PostgreSQL keeps them where a column's type changes, if they still make sense, and takes
 * them away with the column.
 */
export async function readConditions(
  connection: Connection,
  columns: readonly ColumnReference[],
): Promise<readonly ColumnCondition[]> {
  if (columns.length === 0) return []
  const { rows } = await connection.query<ColumnCondition>(conditionsQuery, [JSON.stringify(columns)])
  return rows
}

const conditionsQuery = `
WITH wanted AS (
  SELECT c.oid AS relation, a.attnum, w.table || '.' || w.column AS label
  FROM json_to_recordset($1::json) AS w(schema text, "table" text, "column" text)
  JOIN pg_namespace n ON n.nspname = w.schema
  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.table
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = w.column AND NOT a.attisdropped
)
SELECT 'constraint' AS kind, k.conname AS name, min(w.label) AS "column",
  format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) AS "drop",
  json_build_array(format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)))
    ::jsonb || coalesce((
      SELECT jsonb_build_array(format('COMMENT ON CONSTRAINT %I ON %s IS %L', k.conname, k.conrelid::regclass, d.description))
      FROM pg_description d WHERE d.objoid = k.oid AND d.classoid = 'pg_constraint'::regclass), '[]') AS "create"
FROM wanted w JOIN pg_constraint k ON k.conrelid = w.relation AND k.contype IN ('c', 'x') AND w.attnum = ANY (k.conkey)
GROUP BY k.oid, k.conname, k.conrelid
UNION ALL
SELECT 'index', c.relname, min(w.label), format('DROP INDEX %s', c.oid::regclass),
  json_build_array(pg_get_indexdef(c.oid))::jsonb || coalesce((
    SELECT jsonb_build_array(format('COMMENT ON INDEX %s IS %L', c.oid::regclass, d.description))
    FROM pg_description d WHERE d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0), '[]')
FROM wanted w
JOIN pg_index i ON i.indrelid = w.relation AND (i.indexprs IS NOT NULL OR i.indpred IS NOT NULL)
JOIN pg_class c ON c.oid = i.indexrelid
WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
  AND (w.attnum = ANY (i.indkey) OR EXISTS (
    SELECT 1 FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
      AND d.refclassid = 'pg_class'::regclass AND d.refobjid = w.relation AND d.refobjsubid = w.attnum))
GROUP BY c.oid, c.relname
ORDER BY 1, 2`
