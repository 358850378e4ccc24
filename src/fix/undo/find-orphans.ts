import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import type { UndoKey } from './foreign-keys.ts'
import { columnsOf, imagesSql, type UndoTable } from './undo-table.ts'

/**
 * Foreign keys that restored rows would break, each in a sentence: no foreign key was watched while they were written.
 * The rows that restored ones point to are locked as PostgreSQL would, so that they stay until the commit; a row that
 * points to one that was taken away cannot be inserted meanwhile, since that one is locked.
 */
export async function findOrphans(
  work: Connection,
  tables: readonly UndoTable[],
  keys: readonly UndoKey[],
): Promise<readonly string[]> {
  const found: string[] = []
  for (const key of keys) {
    const restored = tables.filter(({ shape }) => key.members.includes(shape.oid))
    const taken = tables.filter(({ shape }) => key.targetMembers.includes(shape.oid))
    let orphans = 0
    for (const table of restored) orphans += await count(work, key, table, 'i.old', key.columns)
    for (const table of taken) orphans += await count(work, key, table, 'i.new', key.targetColumns)
    if (orphans > 0) {
      const rows = orphans === 1 ? '1 row of' : `${orphans} rows of`
      found.push(`${rows} ${key.shownTable} would point to nothing (${key.name})`)
    }
  }
  return found
}

/** Rows with the values that some images name, which point to nothing now. */
async function count(
  work: Connection,
  key: UndoKey,
  table: UndoTable,
  row: 'i.old' | 'i.new',
  valueColumns: readonly string[],
): Promise<number> {
  const named = `SELECT DISTINCT ${columnsOf(row, valueColumns)} FROM ${imagesSql(table)}
    WHERE i.${row === 'i.old' ? 'before' : 'after'} IS NOT NULL`
  const isOld = row === 'i.old'
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
  await work.query(
    `SELECT count(*) FROM (SELECT 1 FROM ${key.target} AS p JOIN ${values} ON ${targetIsNamed} FOR KEY SHARE OF p) AS locked`,
  )
  const { rows } = await work.query<{ orphans: number }>(
    `SELECT count(*)::float8 AS orphans FROM ${key.table} AS c JOIN ${values} ON ${childIsNamed}
      WHERE NOT EXISTS (SELECT FROM ${key.target} AS p WHERE ${points})`,
  )
  return rows[0]?.orphans ?? 0
}
