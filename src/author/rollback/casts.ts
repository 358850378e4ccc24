import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { lastPart, sayName } from '../../postgres/catalog/names.ts'
import type { Connection } from '../../postgres/connect.ts'
import { quoteLiteral } from '../../postgres/quote.ts'
import { type NamesBack, type RenamedValues, withOldNames } from './renamed-values.ts'

/** What is known of the types that changed between two catalogs. */
export interface Casts {
  /** Which conversions PostgreSQL makes by itself when a value is assigned; the members are made by `castKey`. */
  readonly assignable: ReadonlySet<string>
  /** Which it makes in no way at all, not even by an explicit cast. */
  readonly impossible: ReadonlySet<string>
  /** Columns (`schema.table.column`, as people say it) that were moved between local time and UTC. */
  readonly zoned: ReadonlySet<string>
  /** Columns whose values went through text into bytea. */
  readonly bytes: ReadonlySet<string>
  /** Columns whose values became the bytes of their text in UTF-8. */
  readonly encoded: ReadonlySet<string>
  /** Columns whose values an expression made, of which no cast is the reverse. */
  readonly computed: ReadonlySet<string>
  /** By column what was put where it was NULL, and what its old type does not take: there it is NULL again. */
  readonly blanks: ReadonlyMap<string, string>
  /** Columns in which the script filled what was NULL. */
  readonly filled: ReadonlySet<string>
  readonly renamed: RenamedValues
  /** By column (`schema.table.column`, as people say it) what the script renamed before it gave it another type. */
  readonly renamedFirst: ReadonlyMap<string, RenamedValues>
}

/** Asks how the types that columns have in both catalogs, but not the same, can be converted. */
export async function readCasts(
  connection: Connection,
  now: Catalog,
  before: Catalog,
): Promise<Pick<Casts, 'assignable' | 'impossible'>> {
  const pairs = retypedColumns(now, before)
  if (pairs.length === 0) return { assignable: new Set(), impossible: new Set() }
  const { rows } = await connection.query<{ from: string; to: string; assignable: boolean; impossible: boolean }>(
    castsQuery,
    [pairs.map((pair) => pair.from), pairs.map((pair) => pair.to)],
  )
  const keys = (chosen: typeof rows): ReadonlySet<string> => new Set(chosen.map((row) => castKey(row.from, row.to)))
  return {
    assignable: keys(rows.filter((row) => row.assignable)),
    impossible: keys(rows.filter((row) => row.impossible)),
  }
}

/**
 * One type for both sides: only its length or precision differs, and assignment checks that. Text becomes everything
 * and everything text; enums are matched by their labels; a list and its element stand for each other; what a domain
 * stands for is not looked into.
 */
const castsQuery = `
  SELECT p.source AS "from", p.target AS "to",
    coalesce(s.oid = t.oid OR t.typcategory = 'S' OR EXISTS (SELECT FROM pg_cast c
      WHERE c.castsource = s.oid AND c.casttarget = t.oid AND c.castcontext IN ('a', 'i')), false) AS assignable,
    coalesce(s.oid <> t.oid AND s.typcategory <> 'S' AND t.typcategory <> 'S' AND 'd' NOT IN (s.typtype, t.typtype)
      AND NOT (s.typcategory = 'A' AND t.typcategory = 'A') AND s.typelem <> t.oid AND t.typelem <> s.oid
      AND NOT (s.typtype = 'e' AND t.typtype = 'e')
      AND NOT EXISTS (SELECT FROM pg_cast c WHERE c.castsource = s.oid AND c.casttarget = t.oid), false) AS impossible
  FROM unnest($1::text[], $2::text[]) p (source, target)
    LEFT JOIN pg_type s ON s.oid = to_regtype(p.source)
    LEFT JOIN pg_type t ON t.oid = to_regtype(p.target)`

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
 * @param back names that values of an enum get back, where the one of now is another type or a text, or it was one
 */
export function castExpression(
  name: string,
  from: string,
  to: string,
  casts: Pick<Casts, 'assignable' | 'zoned' | 'bytes' | 'encoded' | 'computed' | 'blanks'>,
  back: NamesBack = [],
): string | undefined {
  const plain = sayName(name)
  const blank = casts.blanks.get(plain)
  const column = blank === undefined ? lastPart(name) : `NULLIF(${lastPart(name)}, ${quoteLiteral(blank)})`
  if (casts.bytes.has(plain) && from === 'bytea') return `${withOldNames(`encode(${column}, 'escape')`, 'text', back)}::${to}`
  if (casts.encoded.has(plain) && from === 'bytea') {
    const text = withOldNames(`convert_from(${column}, 'UTF8')`, 'text', back)
    // A cast would cut what is too long.
    return /^(text|character)/.test(to) ? text : `${text}::${to}`
  }
  if (casts.zoned.has(plain)) return `${column} AT TIME ZONE 'UTC'`
  if (from === `${to}[]`) return `${column}[1]`
  if (to === `${from}[]`) return `CASE WHEN ${column} IS NULL THEN NULL ELSE ARRAY[${column}] END`
  if (casts.computed.has(plain)) {
    // What was made of a list, or a list of it, with another type as well: its text is no list.
    if (from.endsWith('[]') && !to.endsWith('[]')) return `${column}[1]::${to}`
    if (to.endsWith('[]') && !from.endsWith('[]')) {
      return `CASE WHEN ${column} IS NULL THEN NULL ELSE ARRAY[${column}]::${to} END`
    }
  }
  const isAssigned = casts.assignable.has(castKey(from, to))
  if (isAssigned && back.length === 0) return blank === undefined ? undefined : column
  if (back.length > 0 || (isNamed(to) && isNamed(from))) {
    const labels = from.endsWith('[]') ? 'text[]' : 'text'
    const text = withOldNames(`${column}::${labels}`, labels, back)
    return isAssigned ? text : `${text}::${to}`
  }
  return `${column}::${to}`
}

/** A type of a user's schema: the names of PostgreSQL's own come without a schema. */
function isNamed(type: string): boolean {
  return type.includes('.')
}
