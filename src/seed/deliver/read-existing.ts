import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier, quoteQualified } from '../../postgres/quote.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Cell } from '../cell.ts'
import type { ReadParent } from '../plan/seed-plan.ts'
import { tableKey, targetKey } from '../plan/table-key.ts'

/** The most keys that are read of a table that is there already. */
const mostKeys = 100_000

/** Which of the tables have rows, by key. */
export async function filledTables(
  connection: Connection,
  tables: readonly TableFacts[],
): Promise<ReadonlySet<string>> {
  if (tables.length === 0) return new Set()
  const sql = tables.map((table) => `EXISTS (SELECT FROM ${quoteQualified(table.schema, table.name)})`).join(', ')
  const { rows } = await connection.query<{ flags: boolean[] }>(`SELECT ARRAY[${sql}] AS flags`)
  return new Set(tables.filter((_, place) => rows[0]?.flags[place] === true).map(tableKey))
}

/** How many rows a table has. */
export async function countTable(connection: Connection, table: TableFacts): Promise<number> {
  const { rows } = await connection.query<{ rows: string }>(
    `SELECT count(*) AS rows FROM ${quoteQualified(table.schema, table.name)}`,
  )
  return Number(rows[0]?.rows)
}

/** Between which numbers the integer keys of a table are; both 0 where it has none. */
export async function numbersOf(
  connection: Connection,
  table: TableFacts,
): Promise<{ readonly lowest: number; readonly highest: number }> {
  const keyed = new Set(
    [table.primaryKey, ...table.uniques]
      .flatMap((key) => key?.keys ?? [])
      .flatMap((key) => ('column' in key ? [key.column] : [])),
  )
  const columns = table.columns.filter(
    ({ name, baseType, arrayDimensions }) =>
      keyed.has(name) && arrayDimensions === 0 && ['int2', 'int4', 'int8'].includes(baseType),
  )
  if (columns.length === 0) return { lowest: 0, highest: 0 }
  const ends = (end: string): string => columns.map(({ name }) => `${end}(${quoteIdentifier(name)})`).join(', ')
  const { rows } = await connection.query<{ lowest: string; highest: string }>(
    `SELECT coalesce(least(${ends('min')}), 0) AS lowest, greatest(0, ${ends('max')}) AS highest
     FROM ${quoteQualified(table.schema, table.name)}`,
  )
  return { lowest: Number(rows[0]?.lowest ?? 0), highest: Number(rows[0]?.highest ?? 0) }
}

/** The keys that foreign keys of `children` point to in tables that are not filled; nothing else of them is read. */
export async function readParents(
  connection: Connection,
  children: readonly TableFacts[],
  isFilled: (key: string) => boolean,
): Promise<ReadonlyMap<string, ReadParent>> {
  const wanted = new Map<string, { readonly schema: string; readonly name: string; readonly columns: Set<string> }>()
  for (const foreignKey of children.flatMap((child) => child.foreignKeys)) {
    const key = targetKey(foreignKey)
    if (isFilled(key)) continue
    const entry = wanted.get(key) ?? {
      schema: foreignKey.target.schema,
      name: foreignKey.target.table,
      columns: new Set(),
    }
    for (const column of foreignKey.target.columns) entry.columns.add(column)
    wanted.set(key, entry)
  }
  const parents = new Map<string, ReadParent>()
  for (const [key, { schema, name, columns }] of wanted) {
    const names = [...columns].sort()
    const list = names.map(quoteIdentifier)
    const { rows } = await connection.query<Cell[]>({
      text: `SELECT ${list.map((column) => `${column}::text`).join(', ')} FROM ${quoteQualified(schema, name)}
        WHERE ${list.map((column) => `${column} IS NOT NULL`).join(' AND ')} ORDER BY ${list.join(', ')} LIMIT ${mostKeys}`,
      rowMode: 'array',
    })
    parents.set(key, { columns: names, rows })
  }
  return parents
}
