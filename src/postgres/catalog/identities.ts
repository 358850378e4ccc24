import type { Connection } from '../connect.ts'
import { isLedger, isUserSchema, userRelations } from './scope.ts'

/** The kinds of objects that have an ALTER … RENAME, in the order in which they are told. */
const kinds = [
  'schema',
  'table',
  'view',
  'materialized view',
  'foreign table',
  'sequence',
  'index',
  'type',
  'domain',
  'function',
  'procedure',
  'column',
  'attribute',
  'enum value',
  'constraint',
  'domain constraint',
  'trigger',
  'policy',
] as const

/** A kind of objects that have an ALTER … RENAME. */
export type RenamableKind = (typeof kinds)[number]

/** One object with the number PostgreSQL knows it by: a renamed object keeps its number. */
export interface Identity {
  /** Catalog, OID and part. Stands for the same object for as long as it lives, also in a clone of the database. */
  readonly id: string
  readonly kind: RenamableKind
  /** Unquoted; of a schema, the schema itself. */
  readonly schema: string
  /** The table, type or domain that the object is a part of; null where it stands in the schema itself. */
  readonly parent: string | null
  readonly name: string
  /** True for an index or a column's sequence: it is in the schema of its table, and moves with it. */
  readonly follows: boolean
  /** Of a function or procedure, the types of its arguments as SQL. */
  readonly arguments: string | null
}

/**
 * Who is who in a database, for telling a renamed object from one that was dropped and made anew. In an order that
 * follows from the names alone: where PostgreSQL keeps an entry of its catalog changes from clone to clone.
 */
export async function readIdentities(connection: Connection): Promise<readonly Identity[]> {
  const { rows } = await connection.query<Identity>(identitiesSql)
  return rows.sort(
    (a, b) =>
      kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
      byCodeUnit(a.schema, b.schema) ||
      byCodeUnit(a.parent ?? '', b.parent ?? '') ||
      byCodeUnit(a.name, b.name) ||
      byCodeUnit(a.arguments ?? '', b.arguments ?? ''),
  )
}

function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

const parts = [
  `SELECT 'n' || n.oid AS id, 'schema' AS kind, n.nspname::text AS schema, NULL::text AS parent,
     n.nspname::text AS name, false AS follows, NULL::text AS arguments
   FROM pg_catalog.pg_namespace n WHERE ${isUserSchema('n.nspname')}`,
  `SELECT 'c' || c.oid, CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
       WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' WHEN 'f' THEN 'foreign table' ELSE 'table' END,
     c.nspname, NULL, c.relname, c.relkind IN ('i', 'I') OR c.relkind = 'S' AND EXISTS (
       SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
         AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')), NULL
   FROM relation c
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'i', 'I', 'f')
     AND c.oid NOT IN (SELECT k.conindid FROM pg_catalog.pg_constraint k WHERE k.contype IN ('p', 'u', 'x'))`,
  `SELECT 'a' || c.oid || '.' || a.attnum, CASE c.relkind WHEN 'c' THEN 'attribute' ELSE 'column' END,
     c.nspname, c.relname, a.attname, false, NULL
   FROM pg_catalog.pg_attribute a JOIN relation c ON c.oid = a.attrelid
   WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'c')`,
  `SELECT 't' || t.oid, CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END, n.nspname, NULL, t.typname, false, NULL
   FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
   LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
   WHERE (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c') AND ${isUserSchema('n.nspname')}`,
  `SELECT 'e' || e.oid, 'enum value', n.nspname, t.typname, e.enumlabel, false, NULL
   FROM pg_catalog.pg_enum e JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid
   JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE ${isUserSchema('n.nspname')}`,
  `SELECT 'k' || k.oid, CASE WHEN k.contypid = 0 THEN 'constraint' ELSE 'domain constraint' END,
     n.nspname, coalesce(c.relname, t.typname), k.conname, false, NULL
   FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
   LEFT JOIN pg_catalog.pg_class c ON c.oid = k.conrelid LEFT JOIN pg_catalog.pg_type t ON t.oid = k.contypid
   WHERE k.contype NOT IN ('n', 't') AND k.conparentid = 0 AND k.coninhcount = 0 AND ${isUserSchema('n.nspname')}
     AND (c.oid IS NULL OR NOT ${isLedger('c')})`,
  `SELECT 'p' || p.oid, CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END, n.nspname, NULL, p.proname, false,
     pg_catalog.oidvectortypes(p.proargtypes)
   FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
   WHERE p.prokind IN ('f', 'p') AND ${isUserSchema('n.nspname')}`,
  `SELECT 'g' || t.oid, 'trigger', c.nspname, c.relname, t.tgname, false, NULL
   FROM pg_catalog.pg_trigger t JOIN relation c ON c.oid = t.tgrelid
   WHERE NOT t.tgisinternal AND t.tgparentid = 0`,
  `SELECT 'l' || p.oid, 'policy', c.nspname, c.relname, p.polname, false, NULL
   FROM pg_catalog.pg_policy p JOIN relation c ON c.oid = p.polrelid`,
]

const identitiesSql = `WITH ${userRelations}\n${parts.map((part) => `(${part})`).join('\nUNION ALL\n')}`
