import { differingPrivileges } from '../differing-privileges.ts'
import type { CatalogQuestion } from '../question.ts'

/** The OID of `pg_catalog`, on every server. */
const own = '11'

const changed = 'SELECT FROM pg_init_privs i WHERE i.objsubid = 0 AND i.initprivs IS NOT DISTINCT FROM'

/** Privileges on what PostgreSQL brings along, and on languages: what a migration gave or took there. */
export const systemGrants: CatalogQuestion = {
  kind: 'system grant',
  source: `(SELECT 'pg_proc'::regclass AS catalog, oid, proacl AS acl FROM pg_proc WHERE pronamespace = ${own}
    UNION ALL SELECT 'pg_class'::regclass, oid, relacl FROM pg_class WHERE relnamespace = ${own}
    UNION ALL SELECT 'pg_type'::regclass, oid, typacl FROM pg_type WHERE typnamespace = ${own}
    UNION ALL SELECT 'pg_namespace'::regclass, oid, nspacl FROM pg_namespace WHERE oid = ${own}
    UNION ALL SELECT 'pg_language'::regclass, oid, lanacl FROM pg_language) h
    WHERE h.acl IS NOT NULL AND NOT EXISTS (${changed} h.acl AND i.classoid = h.catalog AND i.objoid = h.oid)`,
  sql: differingPrivileges([
    `SELECT 'pg_proc'::regclass AS catalog, p.oid, 0 AS part, p.proacl AS acl, p.proowner AS owner, 'f'::"char" AS type,
       format('routine pg_catalog.%I(%s)', p.proname, oidvectortypes(p.proargtypes)) AS object
     FROM pg_proc p WHERE p.proacl IS NOT NULL AND p.pronamespace = ${own}`,
    `SELECT 'pg_class'::regclass, c.oid, 0, c.relacl, c.relowner, 'r'::"char", format('table pg_catalog.%I', c.relname)
     FROM pg_class c WHERE c.relacl IS NOT NULL AND c.relnamespace = ${own}`,
    `SELECT 'pg_type'::regclass, t.oid, 0, t.typacl, t.typowner, 'T'::"char", format('type pg_catalog.%I', t.typname)
     FROM pg_type t WHERE t.typacl IS NOT NULL AND t.typnamespace = ${own}`,
    `SELECT 'pg_namespace'::regclass, n.oid, 0, n.nspacl, n.nspowner, 'n'::"char", 'schema pg_catalog'
     FROM pg_namespace n WHERE n.nspacl IS NOT NULL AND n.oid = ${own}`,
    `SELECT 'pg_language'::regclass, l.oid, 0, l.lanacl, l.lanowner, 'l'::"char", format('language %I', l.lanname)
     FROM pg_language l WHERE l.lanacl IS NOT NULL`,
  ]),
}
