import type { CatalogQuestion } from '../question.ts'
import { qualifiedName } from '../scope.ts'

/** Triggers that a person made (those behind foreign keys are PostgreSQL's), and when they fire. */
export const triggers: CatalogQuestion = {
  kind: 'trigger',
  source: 'pg_trigger WHERE NOT tgisinternal',
  sql: `
    SELECT format('%s.%I', ${qualifiedName('c', 'c.relname')}, t.tgname) AS name,
      pg_get_triggerdef(t.oid) AS definition,
      CASE t.tgenabled WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' ELSE 'always' END AS fires
    FROM pg_trigger t
    JOIN relation c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal`,
}
