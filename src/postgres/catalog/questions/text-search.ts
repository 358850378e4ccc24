import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, isOwnObject } from '../scope.ts'

const catalogs = ['pg_ts_config', 'pg_ts_dict', 'pg_ts_parser', 'pg_ts_template'] as const

/** What tells objects of one kind apart, besides their names. */
const contents: Readonly<Record<(typeof catalogs)[number], readonly string[]>> = {
  pg_ts_config: [
    `(pg_identify_object('pg_ts_parser'::regclass, t.cfgparser, 0)).identity`,
    `(SELECT array_agg(format('%s: %s', kind.alias, m.mapdict::regdictionary) ORDER BY kind.alias, m.mapseqno)
       FROM pg_ts_config_map m
       JOIN LATERAL ts_token_type(t.cfgparser) kind ON kind.tokid = m.maptokentype
       WHERE m.mapcfg = t.oid)`,
  ],
  pg_ts_dict: [
    `(pg_identify_object('pg_ts_template'::regclass, t.dicttemplate, 0)).identity`,
    'CASE WHEN t.dictinitoption IS NOT NULL THEN ARRAY[t.dictinitoption] END',
  ],
  pg_ts_parser: [
    'NULL',
    'ARRAY[t.prsstart::text, t.prstoken::text, t.prsend::text, t.prsheadline::text, t.prslextype::text]',
  ],
  pg_ts_template: ['NULL', 'ARRAY[t.tmplinit::text, t.tmpllexize::text]'],
}

/**
 * Text search: configurations with the dictionaries that each kind of word goes to, dictionaries with their options.
 */
export const textSearch: CatalogQuestion = {
  kind: 'text search configuration',
  source: `(${catalogs.map((catalog) => `SELECT oid FROM ${catalog}`).join(' UNION ALL ')}) o WHERE oid >= ${firstOwnOid}`,
  sql: catalogs
    .map((catalog) => {
      const [base = '', contains = ''] = contents[catalog]
      return `
    SELECT (o.i).type AS kind, (o.i).identity AS name, ${base}::text AS "basedOn", ${contains}::text[] AS contains
    FROM ${catalog} t CROSS JOIN LATERAL (SELECT pg_identify_object('${catalog}'::regclass, t.oid, 0) AS i) o
    WHERE t.oid >= ${firstOwnOid} AND ${isOwnObject(catalog, 't.oid')}`
    })
    .join('\n    UNION ALL'),
}
