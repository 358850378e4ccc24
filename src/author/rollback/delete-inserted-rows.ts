import type { Node } from 'libpg-query'
import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { quoteIdentifier, quoteQualified } from '../../postgres/quote.ts'
import { constantSql, readConstant } from '../../postgres/statements/constant.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import { type UniqueKey, uniqueKeys } from './unique-keys.ts'
import { relationName } from './walk-tree.ts'

/** Takes the rows of one INSERT away again. */
export interface RowDeletion {
  readonly insert: Statement
  /** `schema.table`, as people say it. */
  readonly table: string
  readonly sql: string
}

/**
 * The DELETEs for the INSERTs of a script that write down the keys of their rows, the last first. Others are left out:
 * which rows an INSERT … SELECT or ON CONFLICT made cannot be told on a database with other rows.
 * @param after the catalog after the script, in which the DELETEs run
 */
export function deleteInsertedRows(
  statements: readonly Statement[],
  after: Catalog,
  schema: string,
): readonly RowDeletion[] {
  const keys = uniqueKeys(after)
  return statements
    .flatMap((insert) => {
      const rows = insertedRows(insert, schema)
      const key = keys.find(({ table, columns }) => table === rows?.table && columns.every((c) => rows.values.has(c)))
      const sql = rows === undefined || key === undefined ? undefined : deletion(rows, key)
      return rows === undefined || sql === undefined ? [] : [{ insert, table: rows.table, sql }]
    })
    .reverse()
}

interface InsertedRows {
  /** `schema.table`, as people say it. */
  readonly table: string
  readonly target: string
  /** By column, a literal for each row; undefined for an expression. */
  readonly values: ReadonlyMap<string, readonly (string | undefined)[]>
}

function insertedRows({ node }: Statement, schema: string): InsertedRows | undefined {
  if (!('InsertStmt' in node)) return undefined
  const { relation, cols, selectStmt, onConflictClause, withClause } = node.InsertStmt
  const select = selectStmt !== undefined && 'SelectStmt' in selectStmt ? selectStmt.SelectStmt : undefined
  if (onConflictClause !== undefined || withClause !== undefined || select?.valuesLists === undefined) return undefined
  const names = (cols ?? []).map((column) => ('ResTarget' in column ? (column.ResTarget.name ?? '') : ''))
  const rows = select.valuesLists.map((list) => ('List' in list ? (list.List.items ?? []) : []))
  const values = new Map(names.map((name, place) => [name, rows.map((row) => literalOf(row[place]))]))
  const target = quoteQualified(relation?.schemaname ?? schema, relation?.relname ?? '')
  return { table: relationName(relation, schema), target, values }
}

/** A constant as SQL; undefined for NULL and for anything that is computed. */
function literalOf(value: Node | undefined): string | undefined {
  const constant = readConstant(value)
  return constant === undefined ? undefined : constantSql(constant)
}

function deletion({ target, values }: InsertedRows, { columns }: UniqueKey): string | undefined {
  const lists = columns.map((column) => values.get(column) ?? [])
  const rows = (lists[0] ?? []).map((_, row) => lists.map((list) => list[row]))
  if (rows.length === 0 || rows.some((row) => row.includes(undefined))) return undefined
  const [column = ''] = columns
  if (columns.length === 1) {
    return `DELETE FROM ${target} WHERE ${quoteIdentifier(column)} IN (${rows.map(([key]) => key ?? '').join(', ')})`
  }
  const keys = rows.map((row) => `(${row.join(', ')})`).join(', ')
  return `DELETE FROM ${target} WHERE (${columns.map(quoteIdentifier).join(', ')}) IN (${keys})`
}
