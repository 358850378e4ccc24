import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, isOwnObject } from '../scope.ts'

/** What holds of an own object, told by its identity; `oid` is its own. */
function identified(catalog: string, alias: string): string {
  return `${catalog} ${alias} CROSS JOIN LATERAL (SELECT pg_identify_object('${catalog}'::regclass, ${alias}.oid, 0) AS i) o`
}

/** Operator classes and families, with the operators and functions they are made of. */
export const operatorClasses: CatalogQuestion = {
  kind: 'operator class',
  source: `(SELECT oid FROM pg_opclass UNION ALL SELECT oid FROM pg_opfamily UNION ALL SELECT oid FROM pg_amop
    UNION ALL SELECT oid FROM pg_amproc) o WHERE oid >= ${firstOwnOid}`,
  sql: `
    SELECT (o.i).type AS kind, (o.i).identity AS name, format_type(c.opcintype, NULL) AS type, c.opcdefault AS default,
      CASE WHEN c.opckeytype <> 0 THEN format_type(c.opckeytype, NULL) END AS "storedAs",
      (pg_identify_object('pg_opfamily'::regclass, c.opcfamily, 0)).identity AS family, NULL AS uses
    FROM ${identified('pg_opclass', 'c')}
    WHERE c.oid >= ${firstOwnOid} AND ${isOwnObject('pg_opclass', 'c.oid')}
    UNION ALL
    SELECT (o.i).type, (o.i).identity, NULL, NULL, NULL, NULL, NULL
    FROM ${identified('pg_opfamily', 'f')}
    WHERE f.oid >= ${firstOwnOid} AND ${isOwnObject('pg_opfamily', 'f.oid')}
    UNION ALL
    SELECT (o.i).type, (o.i).identity, NULL, NULL, NULL,
      CASE WHEN m.amopsortfamily <> 0 THEN (pg_identify_object('pg_opfamily'::regclass, m.amopsortfamily, 0)).identity END,
      m.amopopr::regoperator::text
    FROM ${identified('pg_amop', 'm')}
    WHERE m.oid >= ${firstOwnOid} AND ${isOwnObject('pg_amop', 'm.oid')}
      AND ${isOwnObject('pg_opfamily', 'm.amopfamily')}
    UNION ALL
    SELECT (o.i).type, (o.i).identity, NULL, NULL, NULL, NULL, p.amproc::regprocedure::text
    FROM ${identified('pg_amproc', 'p')}
    WHERE p.oid >= ${firstOwnOid} AND ${isOwnObject('pg_amproc', 'p.oid')}
      AND ${isOwnObject('pg_opfamily', 'p.amprocfamily')}`,
}
