import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, isNoPart, isOwnObject } from '../scope.ts'

const catalogs = [
  'pg_cast', 'pg_operator', 'pg_opclass', 'pg_opfamily', 'pg_conversion', 'pg_language', 'pg_transform', 'pg_am',
  'pg_ts_config', 'pg_ts_dict', 'pg_ts_parser', 'pg_ts_template',
]

/**
 * What hardly any application has: casts, operators and their classes, conversions, languages, transforms, access
 * methods, text search. Read by presence only. OIDs below 16384 are PostgreSQL's own.
 */
export const otherObjects: CatalogQuestion = {
  kind: 'other',
  source: `(${catalogs.map((catalog) => `SELECT oid FROM ${catalog}`).join(' UNION ALL ')}) o WHERE oid >= ${firstOwnOid}`,
  sql: catalogs
    .map(
      (catalog) => `
    SELECT (identity).type AS kind, (identity).identity AS name
    FROM ${catalog} o, LATERAL (SELECT pg_identify_object('${catalog}'::regclass, o.oid, 0) AS identity) i
    WHERE o.oid >= ${firstOwnOid} AND ${isOwnObject(catalog, 'o.oid')} AND ${isNoPart(catalog, 'o.oid')}`,
    )
    .join('\n    UNION ALL'),
}
