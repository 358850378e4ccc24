import { quoteLiteral } from '../quote.ts'

/** Schemas whose objects belong to PostgreSQL or to Tide's own bookkeeping. */
export const ownSchemas = ['information_schema', 'tide', 'tide_archive'] as const

/** Prisma's ledger: what was applied is no part of what the database looks like. */
export const ledgerTable = '_prisma_migrations'

/** Lower OIDs are of what PostgreSQL brings along; by them a scan of a whole catalog becomes one of an index. */
export const firstOwnOid = 16384

/** True for a schema whose objects count. `pg_catalog`, `pg_toast` and temporary schemas start with `pg_`. */
export function isUserSchema(nspname: string): string {
  return `${nspname} !~ '^pg_' AND ${nspname} NOT IN (${ownSchemas.map(quoteLiteral).join(', ')})`
}

/** True for a ledger, in whatever schema: a table of a user's own that is called so has no names of migrations. */
export function isLedger(relation: string): string {
  return `(${relation}.relname = ${quoteLiteral(ledgerTable)} AND EXISTS (SELECT FROM pg_catalog.pg_attribute mark
    WHERE mark.attrelid = ${relation}.oid AND mark.attname = 'migration_name' AND NOT mark.attisdropped))`
}

/** True for a relation that counts: in a user's schema, not an extension's, not the ledger. */
export function isUserRelation(namespace: string, relation: string): string {
  return `${isUserSchema(`${namespace}.nspname`)} AND NOT ${isLedger(relation)}
    AND ${isOwnObject('pg_class', `${relation}.oid`)}`
}

/**
 * The relations that count, as a part of WITH: found once for all questions that ask of `relation`, which PostgreSQL
 * also plans faster than joins and a search for members of extensions in each.
 */
export const userRelations = `relation AS MATERIALIZED (
    SELECT c.oid, c.relname, c.relkind, c.relam, c.reltablespace, c.reloptions, c.reloftype, c.relreplident, c.relowner,
      c.relpersistence, c.relispopulated, c.relrowsecurity, c.relforcerowsecurity, n.nspname
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid >= ${firstOwnOid} AND ${isUserRelation('n', 'c')})`

/** True where no extension brought the object along. */
export function isOwnObject(catalog: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend member WHERE member.classid = '${catalog}'::regclass
    AND member.objid = ${oid} AND member.deptype = 'e')`
}

/** True where the object is no part of another, as the constructors of a range type are parts of the type. */
export function isNoPart(catalog: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend part WHERE part.classid = '${catalog}'::regclass
    AND part.objid = ${oid} AND part.deptype = 'i')`
}

/** `schema.name`, each part quoted where SQL needs it. */
export function qualifiedName(namespace: string, name: string): string {
  return `format('%I.%I', ${namespace}.nspname, ${name})`
}

/** Options such as `fillfactor=70` in one order: the one in which they were set means nothing. */
export function sortedOptions(options: string): string {
  return `CASE WHEN ${options} IS NULL THEN '{}' ELSE ARRAY(SELECT o FROM unnest(${options}) o ORDER BY o COLLATE "C") END`
}

/** The owner, or NULL where it is the role that asks: on another server the same objects have another owner. */
export function foreignOwner(oid: string): string {
  return `nullif(nullif(pg_get_userbyid(${oid}), current_user), 'pg_database_owner')::text`
}
