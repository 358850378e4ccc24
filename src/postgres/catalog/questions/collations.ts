import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, foreignOwner, isOwnObject, isUserSchema, qualifiedName } from '../scope.ts'

/** Collations made by a person. The version of the operating system's library is not read. */
export const collations: CatalogQuestion = {
  kind: 'collation',
  source: `pg_collation WHERE oid >= ${firstOwnOid}`,
  sql: `
    SELECT ${qualifiedName('n', 'c.collname')} AS name, c.collprovider::text AS provider,
      c.collisdeterministic AS deterministic, c.collcollate AS collate, c.collctype AS ctype,
      to_jsonb(c) ->> 'colllocale' AS locale, to_jsonb(c) ->> 'colliculocale' AS "icuLocale",
      to_jsonb(c) ->> 'collicurules' AS rules,
      ${foreignOwner('c.collowner')} AS owner
    FROM pg_collation c
    JOIN pg_namespace n ON n.oid = c.collnamespace
    WHERE ${isUserSchema('n.nspname')} AND ${isOwnObject('pg_collation', 'c.oid')}`,
}
