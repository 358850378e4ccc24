import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, foreignOwner, qualifiedName, sortedOptions } from '../scope.ts'

/** Views and materialized views with their columns in order; a materialized one may stand unfilled. */
export const views: CatalogQuestion = {
  kind: 'view',
  source: `pg_class WHERE relkind IN ('v', 'm') AND oid >= ${firstOwnOid}`,
  sql: `
    SELECT CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END AS kind,
      ${qualifiedName('c', 'c.relname')} AS name,
      pg_get_viewdef(c.oid) AS definition,
      (SELECT array_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
        FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
      (SELECT array_agg(format('%I %s', a.attname, pg_get_expr(d.adbin, d.adrelid)) ORDER BY a.attnum)
        FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
        WHERE d.adrelid = c.oid) AS defaults,
      (SELECT array_agg(format('%I %s', a.attname, concat_ws(' ', nullif(a.attstorage, t.typstorage)::text,
          nullif(a.attcompression::text, ''), nullif(a.attstattarget, -1), a.attoptions)) ORDER BY a.attnum)
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
        WHERE c.relkind = 'm' AND a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          AND (a.attstorage <> t.typstorage OR a.attcompression <> '' OR a.attstattarget <> -1 OR a.attoptions IS NOT NULL)
      ) AS "columnOptions",
      ${sortedOptions('c.reloptions')} AS options,
      c.relispopulated AS filled,
      ts.spcname::text AS tablespace,
      ${foreignOwner('c.relowner')} AS owner
    FROM relation c
    LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
    WHERE c.relkind IN ('v', 'm')`,
}
