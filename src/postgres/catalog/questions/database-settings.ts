import { differingPrivileges } from '../differing-privileges.ts'
import type { CatalogQuestion } from '../question.ts'

/**
 * What stands in the server's list of databases: settings for all who connect, privileges, a comment. A copy of a
 * database has none of them.
 */
export const databaseSettings: CatalogQuestion = {
  kind: 'database setting',
  source: `pg_database d WHERE d.datname = current_database() AND (d.datacl IS NOT NULL
    OR EXISTS (SELECT FROM pg_db_role_setting s WHERE s.setdatabase = d.oid)
    OR EXISTS (SELECT FROM pg_shdescription c WHERE c.classoid = 'pg_database'::regclass AND c.objoid = d.oid))`,
  sql: `
    SELECT 'database setting' AS kind,
      CASE WHEN s.setrole = 0 THEN 'for all' ELSE format('for %I', pg_get_userbyid(s.setrole)) END AS name,
      (SELECT array_agg(one ORDER BY one) FROM unnest(s.setconfig) one) AS values
    FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase WHERE d.datname = current_database()
    UNION ALL
    SELECT 'database grant', g.name, g.privileges FROM (${differingPrivileges([
      `SELECT 'pg_database'::regclass AS catalog, d.oid, 0 AS part, d.datacl AS acl, d.datdba AS owner, 'd'::"char" AS type,
         'database' AS object FROM pg_database d WHERE d.datname = current_database() AND d.datacl IS NOT NULL`,
    ])}) g
    UNION ALL
    SELECT 'database comment', 'on the database', ARRAY[c.description]
    FROM pg_shdescription c JOIN pg_database d ON d.oid = c.objoid AND c.classoid = 'pg_database'::regclass
    WHERE d.datname = current_database()`,
}
