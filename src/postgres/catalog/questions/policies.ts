import type { CatalogQuestion } from '../question.ts'
import { qualifiedName } from '../scope.ts'

/** Row-security policies; whether row security is switched on is a property of the table. */
export const policies: CatalogQuestion = {
  kind: 'policy',
  source: 'pg_policy',
  sql: `
    SELECT format('%s.%I', ${qualifiedName('c', 'c.relname')}, p.polname) AS name,
      CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
        ELSE 'ALL' END AS command,
      p.polpermissive AS permissive,
      (SELECT array_agg(CASE WHEN role = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(role)) END
          ORDER BY role <> 0, pg_get_userbyid(role))
        FROM unnest(p.polroles) role) AS roles,
      pg_get_expr(p.polqual, p.polrelid) AS using,
      pg_get_expr(p.polwithcheck, p.polrelid) AS "withCheck"
    FROM pg_policy p
    JOIN relation c ON c.oid = p.polrelid`,
}
