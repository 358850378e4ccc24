import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Cell } from '../cell.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import { castColumns, quoteTable, unnestColumns } from './table-target.ts'

/** A unique set or an exclusion as SQL: what of a row is compared with what of the rows that are there. */
export interface TakenKey {
  readonly name: string
  readonly parts: readonly KeyPart[]
  /** Of a partial index: rows that it does not hold take nothing. */
  readonly predicate: string | undefined
}

interface KeyPart {
  /** Of a row on its way: what the database computes is not there yet. */
  readonly made: string
  readonly standing: string
  readonly operator: string
}

/** All of a table, in no order. */
export function takenKeys({ primaryKey, uniques, exclusions, columns }: TableFacts): readonly TakenKey[] {
  const generated = new Map(columns.map(({ name, generated: expression }) => [name, expression]))
  const madeOf = (column: string): string => generated.get(column) ?? quoteIdentifier(column)
  const unique = (primaryKey === undefined ? uniques : [primaryKey, ...uniques]).map(
    ({ name, keys, predicate, nullsNotDistinct }): TakenKey => ({
      name,
      predicate,
      parts: keys.map((key) => ({
        made: 'column' in key ? madeOf(key.column) : key.expression,
        standing: 'column' in key ? quoteIdentifier(key.column) : key.expression,
        operator: nullsNotDistinct ? 'IS NOT DISTINCT FROM' : '=',
      })),
    }),
  )
  const excluded = exclusions.map(
    ({ name, elements, predicate }): TakenKey => ({
      name,
      predicate,
      parts: elements.map(({ column, expression, operator }) => ({
        made: column === undefined ? expression : madeOf(column),
        standing: column === undefined ? expression : quoteIdentifier(column),
        operator,
      })),
    }),
  )
  return [...unique, ...excluded]
}

/**
 * Which rows of a batch the rows that are there leave no room for. Nothing is written.
 * @param columns what the key is made from, none of them generated
 * @param cells by column, then by row
 * @returns places in the batch, from 0
 */
export async function askTaken(
  connection: Connection,
  table: Pick<TablePlan, 'facts'>,
  { parts, predicate }: TakenKey,
  { columns, cells }: { readonly columns: readonly string[]; readonly cells: readonly (readonly Cell[])[] },
): Promise<readonly number[]> {
  const list = (side: 'made' | 'standing'): string => parts.map((part, at) => `(${part[side]}) AS "k${at}"`).join(', ')
  const same = parts.map(({ operator }, at) => `there."k${at}" ${operator} here."k${at}"`).join(' AND ')
  const row = `SELECT ${[...castColumns(table, columns, { isPlain: true }), 'v."#"'].join(', ')} FROM ${unnestColumns(columns)}`
  const { rows } = await connection.query<{ row: string }>(
    `SELECT here."#" AS row FROM (SELECT "#", ${list('made')} FROM (${row}) AS ${quoteIdentifier(table.facts.name)}) AS here
     WHERE EXISTS (SELECT FROM (
       SELECT ${list('standing')} FROM ${quoteTable(table)}${predicate === undefined ? '' : ` WHERE ${predicate}`}
     ) AS there WHERE ${same})`,
    cells.map((column) => [...column]),
  )
  return rows.map((one) => Number(one.row) - 1)
}
