import type { CatalogQuestion } from '../question.ts'
import { qualifiedName, sortedOptions } from '../scope.ts'

/**
 * Columns of tables, by name. Their order is told but not compared: a column that was dropped and
 * comes back stands last, and PostgreSQL has no statement that moves it.
 */
export const columns: CatalogQuestion = {
  kind: 'column',
  sql: `
    SELECT format('%s.%I', ${qualifiedName('c', 'c.relname')}, a.attname) AS name,
      a.attnum::int AS position,
      format_type(a.atttypid, a.atttypmod) AS type,
      a.attnotnull AS "notNull",
      CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS default,
      CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END AS generated,
      CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END AS "generatedAs",
      CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS identity,
      CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END AS collation,
      CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END AS storage,
      nullif(a.attcompression::text, '') AS compression,
      nullif(a.attstattarget, -1) AS "statisticsTarget",
      ${sortedOptions('a.attoptions')} AS options,
      coalesce(a.attfdwoptions, '{}') AS "foreignOptions",
      a.attislocal AS "isLocal",
      a.attinhcount::int AS "inheritedFrom"
    FROM pg_attribute a
    JOIN relation c ON c.oid = a.attrelid
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f')`,
}
