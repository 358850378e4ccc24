import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, foreignOwner, isNoPart, isOwnObject, isUserSchema, qualifiedName } from '../scope.ts'

/** Functions and procedures, each with its whole definition; overloads are told apart by their arguments. */
export const routines: CatalogQuestion = {
  kind: 'function',
  source: `pg_proc WHERE prokind <> 'a' AND oid >= ${firstOwnOid}`,
  sql: `
    SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind,
      format('%s(%s)', ${qualifiedName('n', 'p.proname')}, oidvectortypes(p.proargtypes)) AS name,
      pg_get_functiondef(p.oid) AS definition,
      ${foreignOwner('p.proowner')} AS owner
    FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prokind <> 'a' AND ${isUserSchema('n.nspname')} AND ${isOwnObject('pg_proc', 'p.oid')}
      AND ${isNoPart('pg_proc', 'p.oid')}`,
}
