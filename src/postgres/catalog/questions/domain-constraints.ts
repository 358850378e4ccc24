import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, isOwnObject, isUserSchema, qualifiedName } from '../scope.ts'

/** CHECK constraints of domains; NOT NULL is a property of the domain. */
export const domainConstraints: CatalogQuestion = {
  kind: 'domain constraint',
  source: `pg_constraint WHERE contypid >= ${firstOwnOid}`,
  sql: `
    SELECT format('%s.%I', ${qualifiedName('n', 't.typname')}, k.conname) AS name,
      pg_get_constraintdef(k.oid) AS definition, k.convalidated AS validated
    FROM pg_constraint k
    JOIN pg_type t ON t.oid = k.contypid
    JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE k.contype = 'c' AND ${isUserSchema('n.nspname')} AND ${isOwnObject('pg_type', 't.oid')}`,
}
