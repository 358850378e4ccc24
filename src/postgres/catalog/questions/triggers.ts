import type { CatalogQuestion } from '../question.ts'
import { isUserRelation, qualifiedName } from '../scope.ts'

/** Triggers that a person made (those behind foreign keys are PostgreSQL's), and when they fire. */
export const triggers: CatalogQuestion = {
  kind: 'trigger',
  source: 'pg_trigger WHERE NOT tgisinternal',
  sql: `
    SELECT format('%s.%I', ${qualifiedName('n', 'c.relname')}, t.tgname) AS name,
      pg_get_triggerdef(t.oid) AS definition,
      CASE t.tgenabled WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' ELSE 'always' END AS fires
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal AND ${isUserRelation('n', 'c')}`,
}
