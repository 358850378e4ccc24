import type { CatalogQuestion } from '../question.ts'

/** Subscriptions of this database. Their connection string, which may hold a password, is not read. */
export const subscriptions: CatalogQuestion = {
  kind: 'subscription',
  source: 'pg_subscription',
  sql: `
    SELECT quote_ident(s.subname) AS name, s.subenabled AS enabled, s.subslotname::text AS slot,
      s.subpublications AS publications, s.subsynccommit AS "synchronousCommit", s.subbinary AS binary,
      s.substream::text AS streaming
    FROM pg_subscription s
    WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND has_column_privilege('pg_subscription', 'subslotname', 'SELECT')`,
}
