import type { BatchKey } from '../batch/key-range.ts'
import { keyMissing, keyUnusable, tableMissing } from '../errors.ts'
import type { Connection } from '../../postgres/connect.ts'
import { splitName } from '../../postgres/catalog/names.ts'
import { quoteQualified } from '../../postgres/quote.ts'

/** The table that a data step goes through, and the key that its batches follow. */
export interface StepTarget {
  readonly schema: string
  readonly table: string
  /** Quoted, with its schema. */
  readonly sql: string
  readonly key: BatchKey
  /** As the planner estimates; counted where it never did. */
  readonly pages: number
  readonly estimatedRows: number
}

/**
 * Finds a table by the name that the database has for it, and its key: the primary key, or the unique index over the
 * columns that were named.
 * @param wanted `owner` begins the messages: `The data step of 2_split`
 * @throws DATA_TABLE_MISSING, DATA_KEY_MISSING, DATA_KEY_UNUSABLE
 */
export async function readTarget(
  connection: Connection,
  wanted: { readonly owner: string; readonly table: string; readonly key: readonly string[] | undefined },
  defaultSchema: string,
): Promise<StepTarget> {
  const found = await findTable(connection, wanted.table, defaultSchema)
  if (found === undefined) throw tableMissing(wanted.owner, wanted.table)
  const indexes = await readIndexes(connection, found.oid)
  const chosen = indexes.find(({ isPrimary, columns }) =>
    wanted.key === undefined ? isPrimary : sameColumns(columns.map(({ name }) => name), wanted.key),
  )
  if (chosen === undefined) {
    const known = indexes.map(({ columns }) => columns.map(({ name }) => name).join(', '))
    throw wanted.key === undefined
      ? keyMissing(wanted.owner, wanted.table, known)
      : keyUnusable(wanted.owner, wanted.table, wanted.key, known)
  }
  const { schema, table, pages, estimatedRows } = found
  return { schema, table, sql: quoteQualified(schema, table), key: chosen.columns, pages, estimatedRows }
}

/** True where a table is found by the name that a step has for it. */
export async function hasTable(connection: Connection, name: string, defaultSchema: string): Promise<boolean> {
  return (await findTable(connection, name, defaultSchema)) !== undefined
}

interface FoundTable {
  readonly oid: string
  readonly schema: string
  readonly table: string
  readonly pages: number
  readonly estimatedRows: number
}

async function findTable(connection: Connection, name: string, schema: string): Promise<FoundTable | undefined> {
  // Names may hold dots themselves: each of them may be the one behind the schema.
  const dots = [...name.matchAll(/\./g)].map(({ index }) => index)
  const split = dots.map((dot) => [name.slice(0, dot), name.slice(dot + 1)] as const)
  // And somebody may write them as SQL does.
  const quoted = name.includes('"') ? splitName(name) : []
  const [first = '', second] = quoted
  const asSql = quoted.length === 0 ? [] : [second === undefined ? [schema, first] as const : [first, second] as const]
  const places: readonly (readonly [string, string])[] = [[schema, name], ...split, ...asSql]
  for (const [namespace, table] of places) {
    const { rows } = await connection.query<FoundTable>(
      `SELECT c.oid::text, n.nspname AS schema, c.relname AS table,
              (SELECT COALESCE(sum(p.relpages), 0)::int FROM pg_class p
                WHERE p.oid = c.oid OR p.oid IN (SELECT relid FROM pg_partition_tree(c.oid))) AS pages,
              (SELECT COALESCE(sum(p.reltuples), 0)::float8 FROM pg_class p
                WHERE p.relkind = 'r' AND (p.oid = c.oid OR p.oid IN (SELECT relid FROM pg_partition_tree(c.oid)))) AS "estimatedRows"
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p')`,
      [namespace, table],
    )
    if (rows[0] !== undefined) return rows[0]
  }
  return undefined
}

interface FoundIndex {
  readonly isPrimary: boolean
  readonly columns: BatchKey
}

/** Unique, whole, valid b-tree indexes over columns that are NOT NULL, each in the default order of its type. */
async function readIndexes(connection: Connection, oid: string): Promise<readonly FoundIndex[]> {
  const { rows } = await connection.query<{ isPrimary: boolean; columns: { name: string; type: string }[] }>(
    `SELECT i.indisprimary AS "isPrimary",
            json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, -1)) ORDER BY k.place) AS columns
       FROM pg_index i
       JOIN pg_class x ON x.oid = i.indexrelid
       JOIN pg_am m ON m.oid = x.relam AND m.amname = 'btree'
       CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
      WHERE i.indrelid = $1::oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
        AND k.place <= i.indnkeyatts
        AND NOT EXISTS (SELECT FROM unnest(i.indclass::oid[]) c(oid) JOIN pg_opclass o ON o.oid = c.oid WHERE NOT o.opcdefault)
      GROUP BY i.indexrelid, i.indisprimary, x.relname
     HAVING bool_and(a.attnotnull)
      ORDER BY i.indisprimary DESC, x.relname`,
    [oid],
  )
  return rows
}

/** In any order: the index's order is the one that counts. */
function sameColumns(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name))
}
