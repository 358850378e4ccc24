import type { CatalogQuestion } from '../question.ts'

/** ALTER DEFAULT PRIVILEGES: what objects made later will grant. */
export const defaultPrivileges: CatalogQuestion = {
  kind: 'default privileges',
  source: 'pg_default_acl',
  sql: `
    SELECT format('for %I%s on %s', pg_get_userbyid(d.defaclrole), ' in ' || quote_ident(n.nspname),
        CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions'
          WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE d.defaclobjtype::text END) AS name,
      (SELECT array_agg(format('%s: %s%s', CASE WHEN x.grantee = 0 THEN 'PUBLIC'
          ELSE quote_ident(pg_get_userbyid(x.grantee)) END, x.privilege_type,
          CASE WHEN x.is_grantable THEN '*' ELSE '' END)
          ORDER BY x.grantee <> 0, pg_get_userbyid(x.grantee), x.privilege_type)
        FROM aclexplode(d.defaclacl) x) AS privileges
    FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace`,
}
