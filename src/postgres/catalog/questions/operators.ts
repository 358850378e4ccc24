import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, foreignOwner, isOwnObject } from '../scope.ts'

/** Operators: the function behind each, and what the planner is told of it. */
export const operators: CatalogQuestion = {
  kind: 'operator',
  source: `pg_operator WHERE oid >= ${firstOwnOid}`,
  sql: `
    SELECT (o.i).identity AS name,
      nullif(p.oprcode::regprocedure::text, '-') AS function,
      nullif(p.oprcom::regoperator::text, '0') AS commutator,
      nullif(p.oprnegate::regoperator::text, '0') AS negator,
      nullif(p.oprrest::regproc::text, '-') AS restrict,
      nullif(p.oprjoin::regproc::text, '-') AS join,
      p.oprcanmerge AS merges, p.oprcanhash AS hashes,
      ${foreignOwner('p.oprowner')} AS owner
    FROM pg_operator p, LATERAL (SELECT pg_identify_object('pg_operator'::regclass, p.oid, 0) AS i) o
    WHERE p.oid >= ${firstOwnOid} AND ${isOwnObject('pg_operator', 'p.oid')}`,
}
