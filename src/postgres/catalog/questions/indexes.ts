import type { CatalogQuestion } from '../question.ts'
import { qualifiedName } from '../scope.ts'

/** Indexes, also those behind constraints. An INVALID one counts as different from a valid one. */
export const indexes: CatalogQuestion = {
  kind: 'index',
  sql: `
    SELECT ${qualifiedName('c', 'x.relname')} AS name,
      pg_get_indexdef(i.indexrelid) AS definition,
      i.indrelid::regclass::text AS table,
      x.oid IN (SELECT k.conindid FROM pg_constraint k WHERE k.contype IN ('p', 'u', 'x')) AS "ofConstraint",
      i.indisvalid AND i.indisready AS valid,
      i.indisclustered AS clustered,
      ts.spcname::text AS tablespace,
      CASE WHEN i.indexprs IS NOT NULL THEN (SELECT array_agg(format('%s=%s', a.attnum, a.attstattarget)
        ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = x.oid AND a.attstattarget >= 0)
      END AS "statisticsTargets"
    FROM pg_index i
    JOIN pg_class x ON x.oid = i.indexrelid
    JOIN relation c ON c.oid = i.indrelid
    LEFT JOIN pg_tablespace ts ON ts.oid = x.reltablespace`,
}
