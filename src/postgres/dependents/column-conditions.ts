import type { Connection } from '../connect.ts'
import type { ColumnReference, Dependent } from './dependents.ts'
import { commentOn, relationName } from './dependents-query.ts'

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

/** Also in its condition: an exclusion constraint has one too. */
function usedByIndex(index: string): string {
  return `EXISTS (
    SELECT 1 FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = ${index}
      AND d.refclassid = 'pg_class'::regclass AND d.refobjid = w.relation AND d.refobjsubid = w.attnum)`
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
  format('ALTER TABLE %s DROP CONSTRAINT %I', ${relationName}, k.conname) AS "drop",
  ARRAY[format('ALTER TABLE %s ADD CONSTRAINT %I %s', ${relationName}, k.conname, pg_get_constraintdef(k.oid))]
    || ${commentOn(`format('CONSTRAINT %I ON %s', k.conname, ${relationName})`, 'pg_constraint', 'k.oid')} AS "create"
FROM wanted w JOIN pg_constraint k ON k.conrelid = w.relation AND k.contype IN ('c', 'x')
  AND (w.attnum = ANY (k.conkey) OR ${usedByIndex('k.conindid')})
JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
GROUP BY k.oid, k.conname, n.nspname, c.relname
UNION ALL
SELECT 'index', c.relname, min(w.label), format('DROP INDEX %s', ${relationName}),
  ARRAY[pg_get_indexdef(c.oid, 0, true)] || ${commentOn(`'INDEX ' || ${relationName}`, 'pg_class', 'c.oid')}
FROM wanted w
JOIN pg_index i ON i.indrelid = w.relation AND (i.indexprs IS NOT NULL OR i.indpred IS NOT NULL)
JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
  AND (w.attnum = ANY (i.indkey) OR ${usedByIndex('i.indexrelid')})
GROUP BY c.oid, n.nspname, c.relname
ORDER BY 1, 2`
