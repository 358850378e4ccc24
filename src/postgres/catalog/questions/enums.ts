import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, foreignOwner, isOwnObject, isUserSchema, qualifiedName } from '../scope.ts'

/** Enums with their values in order: the order decides comparisons and ORDER BY. */
export const enums: CatalogQuestion = {
  kind: 'enum',
  source: `pg_type WHERE typtype = 'e' AND oid >= ${firstOwnOid}`,
  sql: `
    SELECT ${qualifiedName('n', 't.typname')} AS name,
      (SELECT coalesce(array_agg(e.enumlabel::text ORDER BY e.enumsortorder), '{}') FROM pg_enum e
        WHERE e.enumtypid = t.oid) AS values,
      ${foreignOwner('t.typowner')} AS owner
    FROM pg_type t
    JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'e' AND ${isUserSchema('n.nspname')} AND ${isOwnObject('pg_type', 't.oid')}`,
}
