import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, isOwnObject } from '../scope.ts'

/** Catalogs, and what tells their objects apart besides their names. */
const catalogs: Readonly<Record<string, string>> = {
  pg_conversion: `ARRAY[t.conproc::text, t.conforencoding::text, t.contoencoding::text, t.condefault::text]`,
  pg_language: `ARRAY[t.lanplcallfoid::regproc::text, t.laninline::regproc::text, t.lanvalidator::regproc::text,
      t.lanpltrusted::text]`,
  pg_transform: `ARRAY[t.trffromsql::text, t.trftosql::text]`,
  pg_am: `ARRAY[t.amhandler::text, t.amtype::text]`,
}

/**
 * What hardly any application has: conversions, languages, transforms, access methods. OIDs below 16384 are
 * PostgreSQL's own.
 */
export const otherObjects: CatalogQuestion = {
  kind: 'other',
  source: `(${Object.keys(catalogs)
    .map((catalog) => `SELECT oid FROM ${catalog}`)
    .join(' UNION ALL ')}) o WHERE oid >= ${firstOwnOid}`,
  sql: Object.entries(catalogs)
    .map(
      ([catalog, contains]) => `
    SELECT (o.i).type AS kind, (o.i).identity AS name, ${contains} AS contains
    FROM ${catalog} t CROSS JOIN LATERAL (SELECT pg_identify_object('${catalog}'::regclass, t.oid, 0) AS i) o
    WHERE t.oid >= ${firstOwnOid} AND ${isOwnObject(catalog, 't.oid')}`,
    )
    .join('\n    UNION ALL'),
}
