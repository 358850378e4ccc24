import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../../postgres/quote.ts'
import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import { filesKeys } from '../deliver/files/errors.ts'
import { tableKey } from '../plan/table-key.ts'
import type { InsertFill } from './insert-fills.ts'
import { referenceRecord } from './reference-record.ts'
import type { ReferenceSet } from './resolve-set.ts'

/**
 * The keys that reference data had in a database, as texts: rows of files point to them, and another database may have
 * given other ones.
 */
export interface KeptKeys {
  readonly schema: string
  readonly name: string
  /** The columns of the natural key. */
  readonly key: readonly string[]
  /** The other columns that foreign keys point to. */
  readonly given: readonly string[]
  /** Of each row its natural key, then what was given. */
  readonly rows: readonly (readonly string[])[]
}

/** Of a table, with the columns that foreign keys point to. */
export type PointedTable = Pick<TableFacts, 'schema' | 'name'> & { readonly columns: readonly string[] }

/** The keys of rows that are recorded as reference data; tables without any, or with natural keys alone, lack. */
export async function readKeptKeys(
  connection: Connection,
  tables: readonly PointedTable[],
): Promise<readonly KeptKeys[]> {
  const { rows: found } = await connection.query<{ found: boolean }>(
    `SELECT to_regclass('${referenceRecord}') IS NOT NULL AS found`,
  )
  if (found[0]?.found !== true) return []
  const kept: KeptKeys[] = []
  for (const { schema, name, columns } of tables) {
    const record = `${referenceRecord} a WHERE a.table_schema = ${quoteLiteral(schema)} AND a.table_name = ${quoteLiteral(name)}`
    const { rows: names } = await connection.query<{ name: string }>(
      `SELECT DISTINCT k COLLATE "C" AS name FROM (SELECT jsonb_object_keys(a.key) AS k FROM ${record}) keys ORDER BY 1`,
    )
    const key = names.map((one) => one.name)
    const given = columns.filter((column) => !key.includes(column))
    if (key.length === 0 || given.length === 0) continue
    const same = key.map((column) => `t.${quoteIdentifier(column)}::text = a.key ->> ${quoteLiteral(column)}`)
    const values = [...key, ...given].map((column) => `t.${quoteIdentifier(column)}::text COLLATE "C"`)
    const { rows } = await connection.query<string[]>({
      text: `SELECT ${values.join(', ')} FROM ${quoteQualified(schema, name)} t WHERE EXISTS (
        SELECT FROM ${record} AND ${same.join(' AND ')})
        AND ${given.map((column) => `t.${quoteIdentifier(column)} IS NOT NULL`).join(' AND ')}
        ORDER BY ${values.map((_, place) => place + 1).join(', ')}`,
      rowMode: 'array',
    })
    kept.push({ schema, name, key, given, rows })
  }
  return kept
}

/**
 * Makes rows of a set take the keys that were kept for them when they are inserted, unless a row is there that has
 * them. Others get numbers behind.
 * @param place tells the temporary tables of one run apart
 */
export async function keepKeys(
  connection: Connection,
  { table, key }: ReferenceSet,
  keys: readonly KeptKeys[],
  place: number,
): Promise<readonly InsertFill[]> {
  const kept = keys.find(({ schema, name }) => schema === table.schema && name === table.name)
  if (kept?.key.length !== key.length || !key.every((name) => kept.key.includes(name))) return []
  const columns = table.columns.flatMap((column) => {
    const { name, sequence } = column
    const next = sequence === undefined ? undefined : `nextval(${quoteLiteral(sequence)})`
    const fallback = column.default ?? next
    return fallback === undefined || !kept.given.includes(name) ? [] : [{ column, fallback }]
  })
  if (columns.length === 0) return []
  const stage = `pg_temp.tide_kept_${place}`
  await connection.query(
    `CREATE TEMP TABLE tide_kept_${place} (key jsonb PRIMARY KEY, given jsonb NOT NULL) ON COMMIT DROP`,
  )
  const objects = kept.rows.map((row) => ({
    key: objectOf(kept.key, row),
    given: objectOf(kept.given, row.slice(kept.key.length)),
  }))
  await connection.query(
    `INSERT INTO ${stage} SELECT e.item -> 'key', e.item -> 'given' FROM jsonb_array_elements($1::jsonb) e(item)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(objects)],
  )
  for (const { column } of columns) await moveBehind(connection, column, stage)
  return columns.map(({ column, fallback }) => {
    const sql = fill(table, column, stage, fallback)
    return { column: column.name, sql, onUpdate: false }
  })
}

/** The sequence of a column goes on behind the numbers that are kept. */
async function moveBehind(connection: Connection, { name, sequence }: ColumnFacts, stage: string): Promise<void> {
  if (sequence === undefined) return
  const highest = `(SELECT max((k.given ->> ${quoteLiteral(name)})::int8) FROM ${stage} k)`
  await connection.query(
    `SELECT setval(${quoteLiteral(sequence)}, ${highest})
     FROM ${sequence} WHERE ${highest} > CASE WHEN is_called THEN last_value ELSE last_value - 1 END`,
  )
}

function fill(
  { schema, name: table }: TableFacts,
  { name, type }: ColumnFacts,
  stage: string,
  fallback: string,
): InsertFill['sql'] {
  const value = `(k.given ->> ${quoteLiteral(name)})::${type}`
  const taken = `SELECT FROM ${quoteQualified(schema, table)} o WHERE o.${quoteIdentifier(name)} = ${value}`
  return (key) => `coalesce((SELECT ${value} FROM ${stage} k WHERE k.key = ${key} AND NOT EXISTS (${taken})), ${fallback})`
}

function objectOf(names: readonly string[], values: readonly string[]): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(names.map((name, place) => [name, values[place]]))
}

/**
 * Whether rows of reference data have the keys that were kept for them, and no others have these.
 * @throws SEED_FILES_KEYS
 */
export async function checkKeys(connection: Connection, keys: readonly KeptKeys[]): Promise<void> {
  const others: { readonly table: string; readonly rows: number }[] = []
  for (const { schema, name, key, given, rows } of keys) {
    const all = [...key, ...given]
    const same = (columns: readonly string[]): string =>
      columns.map((column) => `t.${quoteIdentifier(column)}::text = k.item ->> ${all.indexOf(column)}`).join(' AND ')
    const { rows: found } = await connection.query<{ rows: number }>(
      `WITH k AS (SELECT e.item, e.number FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY e(item, number))
       SELECT count(DISTINCT number)::int AS rows FROM (
         SELECT k.number FROM k JOIN ${quoteQualified(schema, name)} t ON ${same(key)} WHERE (${same(given)}) IS NOT TRUE
         UNION ALL
         SELECT k.number FROM k JOIN ${quoteQualified(schema, name)} t ON ${same(given)} WHERE (${same(key)}) IS NOT TRUE
       ) other`,
      [JSON.stringify(rows)],
    )
    const differing = found[0]?.rows ?? 0
    if (differing > 0) others.push({ table: tableKey({ schema, name }), rows: differing })
  }
  if (others.length > 0) throw filesKeys(others)
}
