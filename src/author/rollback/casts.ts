import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { lastPart, splitName } from '../../postgres/catalog/names.ts'
import type { Connection } from '../../postgres/connect.ts'

/** What is known of the types that changed between two catalogs. */
export interface Casts {
  /** Which conversions PostgreSQL makes by itself when a value is assigned; the members are made by `castKey`. */
  readonly assignable: ReadonlySet<string>
  /** Columns (`schema.table.column`, unquoted) that were moved between local time and UTC. */
  readonly zoned: ReadonlySet<string>
}

/** Asks which of the types that columns have in both catalogs, but not the same, are converted by assignment. */
export async function readCasts(connection: Connection, now: Catalog, before: Catalog): Promise<Casts['assignable']> {
  const pairs = retypedColumns(now, before)
  if (pairs.length === 0) return new Set()
  const result = await connection.query<{ from: string; to: string }>(assignableQuery, [
    pairs.map((pair) => pair.from),
    pairs.map((pair) => pair.to),
  ])
  return new Set(result.rows.map((row) => castKey(row.from, row.to)))
}

/** One type for both sides: only its length or precision differs, and assignment checks that. */
const assignableQuery = `
  SELECT p.source AS "from", p.target AS "to"
  FROM unnest($1::text[], $2::text[]) p (source, target),
    LATERAL (SELECT to_regtype(p.source) AS source_type, to_regtype(p.target) AS target_type) t
  WHERE t.source_type = t.target_type
    OR EXISTS (SELECT FROM pg_cast c WHERE c.castsource = t.source_type AND c.casttarget = t.target_type
      AND c.castcontext IN ('a', 'i'))
    OR EXISTS (SELECT FROM pg_type y WHERE y.oid = t.target_type AND y.typcategory = 'S')`

/** One conversion as a member of `assignable`. */
export function castKey(from: string, to: string): string {
  return `${from}\0${to}`
}

/** The columns that both have, with another type on each side. */
export function retypedColumns(now: Catalog, before: Catalog): readonly { name: string; from: string; to: string }[] {
  const old = new Map(before.objects.filter((o) => o.kind === 'column').map((o) => [o.name, o]))
  return now.objects.flatMap((column) => {
    if (column.kind !== 'column') return []
    const from = String(column.definition['type'])
    const to = old.get(column.name)?.definition['type']
    return typeof to === 'string' && to !== from ? [{ name: column.name, from, to }] : []
  })
}

/**
 * The USING expression that turns a column's values into another type, or undefined where assignment does: it refuses
 * a value that does not fit, where a cast would cut it. A list of one stands for its element, as it does in Prisma.
 */
export function castExpression(name: string, from: string, to: string, casts: Casts): string | undefined {
  const column = lastPart(name)
  if (casts.zoned.has(splitName(name).join('.'))) return `${column} AT TIME ZONE 'UTC'`
  if (from === `${to}[]`) return `${column}[1]`
  if (to === `${from}[]`) return `CASE WHEN ${column} IS NULL THEN NULL ELSE ARRAY[${column}] END`
  if (casts.assignable.has(castKey(from, to))) return undefined
  if (isNamed(from) && isNamed(to)) {
    const list = from.endsWith('[]') ? '[]' : ''
    return `${column}::text${list}::${to}`
  }
  return `${column}::${to}`
}

/** A type of a user's schema: the names of PostgreSQL's own come without a schema. */
function isNamed(type: string): boolean {
  return type.includes('.')
}
