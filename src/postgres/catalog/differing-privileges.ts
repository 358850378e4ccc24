/**
 * The query for privileges that differ from what the owner and PUBLIC have by default, one object per grantee: a grant
 * that was given and taken back leaves nothing behind. `*` marks one that may be passed on.
 * @param holders queries of every place that holds privileges: `catalog`, `oid`, `part`, `acl`, `owner`, `type` (of its
 * default), `object` (what it is called)
 * @param condition which of these, as `h`, count
 */
export function differingPrivileges(holders: readonly string[], condition = 'true'): string {
  return `
    WITH holder AS (${holders.join('\n   UNION ALL ')}),
    own AS (
      SELECT h.object, h.acl, coalesce(p.initprivs, acldefault(h.type, h.owner)) AS base
      FROM holder h
      LEFT JOIN pg_init_privs p ON p.classoid = h.catalog AND p.objoid = h.oid AND p.objsubid = h.part
      WHERE ${condition}),
    side AS (
      SELECT object, grantee, array_agg(DISTINCT privilege ORDER BY privilege) FILTER (WHERE now) AS held,
        array_agg(DISTINCT privilege ORDER BY privilege) FILTER (WHERE NOT now) AS usual
      FROM (
        SELECT object, grantee, privilege_type || CASE WHEN is_grantable THEN '*' ELSE '' END, true
        FROM own, aclexplode(acl)
        UNION ALL
        SELECT object, grantee, privilege_type || CASE WHEN is_grantable THEN '*' ELSE '' END, false
        FROM own, aclexplode(base)) x (object, grantee, privilege, now)
      GROUP BY object, grantee)
    SELECT format('%s to %s', object,
        CASE WHEN grantee = 0 THEN 'PUBLIC' WHEN pg_get_userbyid(grantee) = current_user THEN 'its owner'
          ELSE quote_ident(pg_get_userbyid(grantee)) END) AS name,
      coalesce(held, '{}') AS privileges
    FROM side WHERE held IS DISTINCT FROM usual`
}
