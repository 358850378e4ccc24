import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, foreignOwner, isOwnObject, isUserSchema, qualifiedName } from '../scope.ts'

/** Composite types made with CREATE TYPE … AS (…). The order of their attributes is part of a row literal. */
export const compositeTypes: CatalogQuestion = {
  kind: 'composite type',
  source: `pg_class WHERE relkind = 'c' AND oid >= ${firstOwnOid}`,
  sql: `
    SELECT ${qualifiedName('n', 't.typname')} AS name,
      (SELECT coalesce(array_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
          || CASE WHEN a.attcollation <> base.typcollation
             THEN ' COLLATE ' || a.attcollation::regcollation::text ELSE '' END ORDER BY a.attnum), '{}')
        FROM pg_attribute a JOIN pg_type base ON base.oid = a.atttypid
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS attributes,
      ${foreignOwner('t.typowner')} AS owner
    FROM pg_type t
    JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
    WHERE t.typtype = 'c' AND ${isUserSchema('n.nspname')} AND ${isOwnObject('pg_type', 't.oid')}`,
}
