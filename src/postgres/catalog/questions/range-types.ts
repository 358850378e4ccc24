import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, foreignOwner, isOwnObject, isUserSchema, qualifiedName } from '../scope.ts'

/** Range types with the multirange type that comes with each. */
export const rangeTypes: CatalogQuestion = {
  kind: 'range type',
  source: `pg_range WHERE rngtypid >= ${firstOwnOid}`,
  sql: `
    SELECT ${qualifiedName('n', 't.typname')} AS name,
      r.rngsubtype::regtype::text AS subtype,
      r.rngmultitypid::regtype::text AS multirange,
      (SELECT o.opcname::text FROM pg_opclass o WHERE o.oid = r.rngsubopc) AS "operatorClass",
      CASE WHEN r.rngcollation <> 0 THEN r.rngcollation::regcollation::text END AS collation,
      CASE WHEN r.rngcanonical <> 0 THEN r.rngcanonical::regproc::text END AS canonical,
      CASE WHEN r.rngsubdiff <> 0 THEN r.rngsubdiff::regproc::text END AS "subtypeDifference",
      ${foreignOwner('t.typowner')} AS owner
    FROM pg_range r
    JOIN pg_type t ON t.oid = r.rngtypid
    JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE ${isUserSchema('n.nspname')} AND ${isOwnObject('pg_type', 't.oid')}`,
}
