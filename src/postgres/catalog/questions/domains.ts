import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, foreignOwner, isOwnObject, isUserSchema, qualifiedName } from '../scope.ts'

/** Domains. */
export const domains: CatalogQuestion = {
  kind: 'domain',
  source: `pg_type WHERE typtype = 'd' AND oid >= ${firstOwnOid}`,
  sql: `
    SELECT ${qualifiedName('n', 't.typname')} AS name,
      format_type(t.typbasetype, t.typtypmod) AS type,
      t.typnotnull AS "notNull",
      t.typdefault AS default,
      CASE WHEN t.typcollation <> b.typcollation THEN t.typcollation::regcollation::text END AS collation,
      ${foreignOwner('t.typowner')} AS owner
    FROM pg_type t
    JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_type b ON b.oid = t.typbasetype
    WHERE t.typtype = 'd' AND ${isUserSchema('n.nspname')} AND ${isOwnObject('pg_type', 't.oid')}`,
}
