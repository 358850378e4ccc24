import { quoteLiteral } from '../../quote.ts'
import type { CatalogQuestion } from '../question.ts'

/** What PostgreSQL itself has written there. */
const usual = [
  'standard public schema',
  'built-in functions',
  'dynamically-loaded C functions',
  'SQL-language functions',
  'PL/pgSQL procedural language',
]

/** Comments on languages and on the schema `public`: where they are not the usual ones. */
export const systemComments: CatalogQuestion = {
  kind: 'system comment',
  sql: `
    SELECT name, coalesce(text, 'none') AS text
    FROM (
      SELECT format('language %I', lanname), obj_description(oid, 'pg_language') FROM pg_language
      UNION ALL SELECT 'schema public', obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE oid = 2200
    ) x (name, text)
    WHERE text IS NULL OR text NOT IN (${usual.map(quoteLiteral).join(', ')})`,
}
