import type { CatalogQuestion } from '../question.ts'
import { isUserRelation } from '../scope.ts'

/**
 * Constraints whose own triggers do not fire as they should: `DISABLE TRIGGER ALL` leaves a foreign key in the catalog
 * that keeps nothing out any more. The triggers are named after numbers, so they are told by what they do.
 */
export const disabledConstraints: CatalogQuestion = {
  kind: 'disabled constraint',
  source: `pg_trigger WHERE tgisinternal AND tgenabled <> 'O'`,
  sql: `
    SELECT format('%s.%I on %s', k.conrelid::regclass, k.conname, t.tgrelid::regclass) AS name,
      array_agg(format('%s: %s', p.proname, CASE t.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica'
        ELSE 'always' END) ORDER BY p.proname) AS triggers
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_constraint k ON k.oid = t.tgconstraint
    JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgisinternal AND t.tgenabled <> 'O' AND ${isUserRelation('n', 'c')}
    GROUP BY k.oid, k.conrelid, k.conname, t.tgrelid`,
}
