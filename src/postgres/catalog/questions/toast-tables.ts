import type { CatalogQuestion } from '../question.ts'
import { isUserRelation, qualifiedName, sortedOptions } from '../scope.ts'

/** What `ALTER TABLE … SET (toast.… = …)` has set for the long values of a table. */
export const toastTables: CatalogQuestion = {
  kind: 'toast table',
  source: `pg_class WHERE relkind = 't' AND reloptions IS NOT NULL`,
  sql: `
    SELECT ${qualifiedName('n', 'c.relname')} AS name, ${sortedOptions('t.reloptions')} AS options
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_class t ON t.oid = c.reltoastrelid
    WHERE t.reloptions IS NOT NULL AND ${isUserRelation('n', 'c')}`,
}
