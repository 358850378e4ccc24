import type { CatalogQuestion } from '../question.ts'
import { isUserRelation, qualifiedName } from '../scope.ts'

/** Which table is a partition or a child of which, and of an index the same. */
export const partitions: CatalogQuestion = {
  kind: 'inheritance',
  source: 'pg_inherits',
  sql: `
    SELECT format('%s of %s', ${qualifiedName('n', 'c.relname')}, i.inhparent::regclass) AS name,
      pg_get_expr(c.relpartbound, c.oid) AS bound,
      i.inhdetachpending AS "detachPending"
    FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${isUserRelation('n', 'c')}`,
}
