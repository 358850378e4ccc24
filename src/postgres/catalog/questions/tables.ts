import type { CatalogQuestion } from '../question.ts'
import { foreignOwner, qualifiedName, sortedOptions } from '../scope.ts'

/** Ordinary, partitioned and foreign tables: what holds for the whole table, with its row-security switches. */
export const tables: CatalogQuestion = {
  kind: 'table',
  sql: `
    SELECT ${qualifiedName('c', 'c.relname')} AS name,
      CASE c.relkind WHEN 'p' THEN 'partitioned' WHEN 'f' THEN 'foreign' ELSE 'ordinary' END AS "tableKind",
      c.relpersistence = 'u' AS unlogged,
      am.amname::text AS "accessMethod",
      ts.spcname::text AS tablespace,
      ${sortedOptions('c.reloptions')} AS options,
      CASE c.relreplident WHEN 'd' THEN 'default' WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full'
        ELSE (SELECT i.indexrelid::regclass::text FROM pg_index i WHERE i.indrelid = c.oid AND i.indisreplident)
      END AS "replicaIdentity",
      CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS "partitionKey",
      c.reloftype::regtype::text AS "ofType",
      c.relrowsecurity AS "rowSecurity",
      c.relforcerowsecurity AS "forceRowSecurity",
      ${foreignOwner('c.relowner')} AS owner
    FROM relation c
    LEFT JOIN pg_am am ON am.oid = c.relam
    LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
    WHERE c.relkind IN ('r', 'p', 'f')`,
}
