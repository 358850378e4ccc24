import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import type { UndoKey } from './foreign-keys.ts'
import { columnsOf, imagesSql, type UndoTable } from './undo-table.ts'

/** How to find the rows of one foreign key that point to nothing, as the images of one table may have left them. */
export interface OrphanQuery {
  readonly key: UndoKey
  /** Locks the rows that are pointed to as PostgreSQL would: they stay until the commit. */
  readonly lock: string
  /** What stands behind the FROM of a query for the orphans. */
  readonly orphans: string
}

/**
 * Foreign keys that restored rows would break, each in a sentence: no foreign key was watched while they were written.
 * A row that points to one that was taken away cannot be inserted meanwhile, since that one is locked.
 */
export async function findOrphans(
  work: Connection,
  tables: readonly UndoTable[],
  keys: readonly UndoKey[],
): Promise<readonly string[]> {
  const orphans = new Map<UndoKey, number>()
  for (const query of orphanQueries(tables, keys)) {
    await work.query(query.lock)
    const { rows } = await work.query<{ count: number }>(`SELECT count(*)::float8 AS count FROM ${query.orphans}`)
    orphans.set(query.key, (orphans.get(query.key) ?? 0) + (rows[0]?.count ?? 0))
  }
  return [...orphans].flatMap(([{ shownTable, name }, count]) => {
    const rows = count === 1 ? '1 row of' : `${count} rows of`
    return count === 0 ? [] : [`${rows} ${shownTable} would point to nothing (${name})`]
  })
}

/** All that has to be asked when the rows are restored: of the values that come back, and of those that go. */
export function orphanQueries(tables: readonly UndoTable[], keys: readonly UndoKey[]): readonly OrphanQuery[] {
  return keys.flatMap((key) => [
    ...tables.filter(({ shape }) => key.members.includes(shape.oid)).map((table) => orphanQuery(key, table, 'i.old')),
    ...tables.filter(({ shape }) => key.targetMembers.includes(shape.oid)).map((table) => orphanQuery(key, table, 'i.new')),
  ])
}

/** Rows with the values that some images name, which point to nothing now. */
function orphanQuery(key: UndoKey, table: UndoTable, row: 'i.old' | 'i.new'): OrphanQuery {
  const isOld = row === 'i.old'
  const valueColumns = isOld ? key.columns : key.targetColumns
  const named = `SELECT DISTINCT ${columnsOf(row, valueColumns)} FROM ${imagesSql(table)}
    WHERE i.${isOld ? 'before' : 'after'} IS NOT NULL`
  const each = (make: (at: number) => string): string => key.columns.map((_, at) => make(at)).join(' AND ')
  const child = (at: number): string => `c.${quoteIdentifier(key.columns[at] ?? '')}`
  const target = (at: number): string => `p.${quoteIdentifier(key.targetColumns[at] ?? '')}`
  const operator = (at: number, kind: 'both' | 'target' | 'column'): string =>
    `OPERATOR(${key.operators[at]?.[kind] ?? 'pg_catalog.='})`
  const targetIsNamed = each((at) => `${target(at)} ${operator(at, isOld ? 'both' : 'target')} v.v${at}`)
  const childIsNamed = each((at) =>
    isOld ? `${child(at)} ${operator(at, 'column')} v.v${at}` : `v.v${at} ${operator(at, 'both')} ${child(at)}`)
  const points = each((at) => `${target(at)} ${operator(at, 'both')} ${child(at)}`)
  const values = `(${named}) AS v (${valueColumns.map((_, at) => `v${at}`).join(', ')})`
  return {
    key,
    lock: `SELECT count(*) FROM (SELECT 1 FROM ${key.target} AS p JOIN ${values} ON ${targetIsNamed} FOR KEY SHARE OF p) AS locked`,
    orphans: `${key.table} AS c JOIN ${values} ON ${childIsNamed}
      WHERE NOT EXISTS (SELECT FROM ${key.target} AS p WHERE ${points})`,
  }
}
