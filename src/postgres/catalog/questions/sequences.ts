import type { CatalogQuestion } from '../question.ts'
import { foreignOwner, isLedger, qualifiedName } from '../scope.ts'

/** Sequences with the column that owns them. Where they stand is data, not structure. */
export const sequences: CatalogQuestion = {
  kind: 'sequence',
  source: 'pg_sequence',
  sql: `
    SELECT ${qualifiedName('c', 'c.relname')} AS name,
      format_type(s.seqtypid, NULL) AS type,
      s.seqstart::text AS start, s.seqincrement::text AS increment,
      s.seqmin::text AS minimum, s.seqmax::text AS maximum, s.seqcache::text AS cache, s.seqcycle AS cycle,
      CASE d.deptype WHEN 'a' THEN 'serial' WHEN 'i' THEN 'identity' END AS "ownedAs",
      CASE WHEN d.deptype IS NOT NULL THEN format('%s.%I', d.refobjid::regclass, a.attname) END AS "ownedBy",
      c.relpersistence = 'u' AS unlogged,
      CASE WHEN d.deptype IS NULL THEN ${foreignOwner('c.relowner')} END AS owner
    FROM pg_sequence s
    JOIN relation c ON c.oid = s.seqrelid
    LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
      AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    LEFT JOIN pg_class owner ON owner.oid = d.refobjid
    WHERE owner.oid IS NULL OR NOT ${isLedger('owner')}`,
}
