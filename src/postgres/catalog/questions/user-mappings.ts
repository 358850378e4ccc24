import type { CatalogQuestion } from '../question.ts'

/**
 * User mappings. Their options are secrets: told are the names, and four digits of a hash, which show that a value
 * changed and say nothing of it.
 */
export const userMappings: CatalogQuestion = {
  kind: 'user mapping',
  source: 'pg_user_mappings',
  sql: `
    SELECT format('%s on %I', CASE WHEN m.umuser = 0 THEN 'PUBLIC' WHEN m.usename = current_user THEN 'its owner'
        ELSE quote_ident(m.usename) END, m.srvname) AS name,
      (SELECT array_agg(split_part(option, '=', 1) ORDER BY option) FROM unnest(m.umoptions) option) AS options,
      left(md5(m.umoptions::text), 4) AS "optionsHash"
    FROM pg_user_mappings m`,
}
