import type { CatalogQuestion } from '../question.ts'
import { foreignOwner } from '../scope.ts'

/** Publications with the tables (their columns and row filters) and schemas they publish. */
export const publications: CatalogQuestion = {
  kind: 'publication',
  source: 'pg_publication',
  sql: `
    SELECT quote_ident(p.pubname) AS name,
      p.puballtables AS "allTables", p.pubviaroot AS "viaRoot",
      nullif(to_jsonb(p) ->> 'pubgencols', 'n') AS "generatedColumns",
      nullif(to_jsonb(p) ->> 'puballsequences', 'false') AS "allSequences",
      array_remove(ARRAY[CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END], NULL) AS publishes,
      (SELECT array_agg(t.line ORDER BY t.line) FROM (
        SELECT concat_ws(' ', r.prrelid::regclass::text,
          '(' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname) FROM pg_attribute a
            WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs::int2[])) || ')',
          'WHERE ' || pg_get_expr(r.prqual, r.prrelid)) AS line
        FROM pg_publication_rel r WHERE r.prpubid = p.oid) t) AS tables,
      (SELECT array_agg(quote_ident(n.nspname) ORDER BY n.nspname) FROM pg_publication_namespace s
        JOIN pg_namespace n ON n.oid = s.pnnspid WHERE s.pnpubid = p.oid) AS schemas,
      ${foreignOwner('p.pubowner')} AS owner
    FROM pg_publication p`,
}
