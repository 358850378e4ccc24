import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, qualifiedName } from '../scope.ts'

/** Rewrite rules, without the one that makes a view a view. */
export const rules: CatalogQuestion = {
  kind: 'rule',
  source: `pg_rewrite WHERE ev_class >= ${firstOwnOid} AND rulename <> '_RETURN'`,
  sql: `
    SELECT format('%s.%I', ${qualifiedName('c', 'c.relname')}, r.rulename) AS name,
      pg_get_ruledef(r.oid) AS definition,
      CASE r.ev_enabled WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' ELSE 'always' END AS fires
    FROM pg_rewrite r
    JOIN relation c ON c.oid = r.ev_class
    WHERE NOT (c.relkind IN ('v', 'm') AND r.rulename = '_RETURN')`,
}
