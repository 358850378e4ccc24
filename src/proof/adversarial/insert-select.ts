import type { RangeVar, SelectStmt } from 'libpg-query'
import { quoteIdentifier } from '../../postgres/quote.ts'
import { columnOf } from './column-of.ts'
import type { Scene } from './scene.ts'
import type { Chosen } from './sql.ts'
import type { Step } from './step.ts'

/** Rows that an INSERT takes from a query. */
export interface InsertSelect {
  /** As FROM takes it: the query, with its columns called as those of the table that they go to. */
  readonly rows: string
  /** The columns that are given, as the statement calls them. */
  readonly columns: readonly string[]
  /** Where each row of one table becomes a row, and nothing else does. */
  readonly source?: CopiedRows
}

/** Rows that are taken from one table as they stand there. */
export interface CopiedRows {
  readonly table: RangeVar
  /** By column of the table that they go to the column that they come from, both as the statement calls them. */
  readonly from: ReadonlyMap<string, string>
  /** Which rows: SQL, with the name by which it calls the table, and as a syntax tree. */
  readonly where?: Chosen & { readonly tree: unknown }
}

/** Undefined for INSERT … VALUES, and for queries that are no plain SELECT, or say what a conflict does. */
export function insertSelectOf(step: Step & { readonly kind: 'insert' }, scene: Scene): InsertSelect | undefined {
  const { cols, selectStmt, onConflictClause, returningClause, withClause } = step.insert
  if (onConflictClause !== undefined || returningClause !== undefined || withClause !== undefined) return undefined
  const select = selectStmt !== undefined && 'SelectStmt' in selectStmt ? selectStmt.SelectStmt : undefined
  const text = step.parts.after('SELECT')
  if (select === undefined || text === undefined || select.withClause !== undefined) return undefined
  if (select.valuesLists !== undefined) return undefined
  const targets = leftmost(select).targetList ?? []
  const values = targets.map((one) => ('ResTarget' in one ? one.ResTarget.val : undefined))
  const isStar = values.some((value) => value !== undefined && JSON.stringify(value).includes('"A_Star"'))
  const named = cols?.map((one) => ('ResTarget' in one ? (one.ResTarget.name ?? '') : ''))
  const columns = named ?? scene.columnNames(step.table)
  if (columns === undefined || (isStar && named !== undefined)) return undefined
  const given = isStar ? columns : columns.slice(0, values.length)
  const aliases = isStar ? '' : ` (${given.map(quoteIdentifier).join(', ')})`
  const pairs = given.map((name, at) => [name, isStar ? name : columnOf(values[at])] as const)
  const from = new Map(pairs.flatMap(([to, own]) => (own === undefined ? [] : [[to, own]])))
  const source = sourceOf(step, select, { from, scene })
  return { rows: `(SELECT ${text}) AS s${aliases}`, columns: given, ...(source === undefined ? {} : { source }) }
}

function leftmost(select: SelectStmt): SelectStmt {
  return select.larg === undefined ? select : leftmost(select.larg)
}

function sourceOf(
  step: Step,
  select: SelectStmt,
  { from, scene }: { readonly from: ReadonlyMap<string, string>; readonly scene: Scene },
): CopiedRows | undefined {
  const { fromClause = [], whereClause, larg, distinctClause, groupClause, havingClause } = select
  const limits = [select.limitCount, select.limitOffset, select.sortClause]
  const isCut = [larg, distinctClause, groupClause, havingClause, ...limits].some((clause) => clause !== undefined)
  const [only, ...joined] = fromClause
  if (isCut || only === undefined || joined.length > 0 || !('RangeVar' in only)) return undefined
  const table = only.RangeVar
  const sql = whereClause === undefined ? undefined : step.parts.after('WHERE')
  const alias = table.alias?.aliasname ?? scene.table(table)?.name ?? ''
  return { table, from, ...(sql === undefined ? {} : { where: { sql, alias, tree: whereClause } }) }
}
