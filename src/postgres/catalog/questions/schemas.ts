import type { CatalogQuestion } from '../question.ts'
import { foreignOwner, isOwnObject, isUserSchema } from '../scope.ts'

/** Schemas, so that an empty one counts as well. */
export const schemas: CatalogQuestion = {
  kind: 'schema',
  sql: `
    SELECT quote_ident(n.nspname) AS name, ${foreignOwner('n.nspowner')} AS owner
    FROM pg_namespace n
    WHERE ${isUserSchema('n.nspname')} AND ${isOwnObject('pg_namespace', 'n.oid')}`,
}
