import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, isOwnObject, isUserSchema, qualifiedName } from '../scope.ts'

/** Base types and shells made with CREATE TYPE (INPUT = …): rare outside extensions. */
export const baseTypes: CatalogQuestion = {
  kind: 'base type',
  source: `pg_type WHERE typtype IN ('b', 'p') AND typcategory <> 'A' AND oid >= ${firstOwnOid}`,
  sql: `
    SELECT ${qualifiedName('n', 't.typname')} AS name, t.typisdefined AS defined, t.typlen::int AS length,
      t.typinput::regproc::text AS input, t.typoutput::regproc::text AS output
    FROM pg_type t
    JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE (t.typtype = 'b' AND t.typcategory <> 'A' OR t.typtype = 'p')
      AND ${isUserSchema('n.nspname')} AND ${isOwnObject('pg_type', 't.oid')}`,
}
