import { differingPrivileges } from '../differing-privileges.ts'
import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, isLedger, isUserSchema, qualifiedName } from '../scope.ts'

/** Every place that holds privileges: where they stand, what the default of such an object is, what it is called. */
const holders = [
  `SELECT 'pg_class'::regclass AS catalog, c.oid, 0 AS part, c.relacl AS acl, c.relowner AS owner,
     CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END AS type,
     CASE c.relkind WHEN 'S' THEN 'sequence ' ELSE 'table ' END || ${qualifiedName('n', 'c.relname')} AS object
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.oid >= ${firstOwnOid} AND c.relacl IS NOT NULL AND NOT ${isLedger('c')} AND ${isUserSchema('n.nspname')}`,
  `SELECT 'pg_class'::regclass, c.oid, a.attnum, a.attacl, c.relowner, 'c'::"char",
     format('column %s.%I', ${qualifiedName('n', 'c.relname')}, a.attname)
   FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE a.attrelid >= ${firstOwnOid} AND a.attacl IS NOT NULL AND NOT a.attisdropped AND NOT ${isLedger('c')}
     AND ${isUserSchema('n.nspname')}`,
  `SELECT 'pg_proc'::regclass, p.oid, 0, p.proacl, p.proowner, 'f'::"char",
     format('routine %s(%s)', ${qualifiedName('n', 'p.proname')}, oidvectortypes(p.proargtypes))
   FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
   WHERE p.oid >= ${firstOwnOid} AND p.proacl IS NOT NULL AND ${isUserSchema('n.nspname')}`,
  `SELECT 'pg_type'::regclass, t.oid, 0, t.typacl, t.typowner, 'T'::"char",
     'type ' || ${qualifiedName('n', 't.typname')}
   FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
   WHERE t.oid >= ${firstOwnOid} AND t.typacl IS NOT NULL AND ${isUserSchema('n.nspname')}`,
  `SELECT 'pg_namespace'::regclass, n.oid, 0, n.nspacl, n.nspowner, 'n'::"char", format('schema %I', n.nspname)
   FROM pg_namespace n WHERE n.nspacl IS NOT NULL AND ${isUserSchema('n.nspname')}`,
  `SELECT 'pg_foreign_server'::regclass, s.oid, 0, s.srvacl, s.srvowner, 'S'::"char",
     format('foreign server %I', s.srvname)
   FROM pg_foreign_server s WHERE s.srvacl IS NOT NULL`,
]

/**
 * Where any privilege was ever given or taken. Schemas that PostgreSQL brings along, such as `public`, have privileges
 * from the beginning, and count only where they have others now.
 */
const touched = [
  `SELECT FROM pg_class WHERE oid >= ${firstOwnOid} AND relacl IS NOT NULL`,
  `SELECT FROM pg_attribute WHERE attrelid >= ${firstOwnOid} AND attacl IS NOT NULL`,
  `SELECT FROM pg_proc WHERE oid >= ${firstOwnOid} AND proacl IS NOT NULL`,
  `SELECT FROM pg_type WHERE oid >= ${firstOwnOid} AND typacl IS NOT NULL`,
  `SELECT FROM pg_foreign_server WHERE srvacl IS NOT NULL`,
  `SELECT FROM pg_namespace n WHERE n.nspacl IS NOT NULL AND ${isUserSchema('n.nspname')} AND NOT EXISTS (
     SELECT FROM pg_init_privs p WHERE p.classoid = 'pg_namespace'::regclass AND p.objoid = n.oid AND p.initprivs::text = n.nspacl::text)`,
]

const isNoMember = `NOT EXISTS (SELECT FROM pg_depend m
  WHERE m.classid = h.catalog AND m.objid = h.oid AND m.deptype = 'e')`

/** Privileges that differ from what the owner and PUBLIC have by default. */
export const grants: CatalogQuestion = {
  kind: 'grant',
  source: `(${touched.join(' UNION ALL ')}) t`,
  sql: differingPrivileges(holders, isNoMember),
}
