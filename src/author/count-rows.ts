import type { Connection } from '../postgres/connect.ts'
import { quoteIdentifier, quoteLiteral } from '../postgres/quote.ts'
import type { LendData } from './change-plan.ts'
import type { CountedQuestion } from './decisions/decision.ts'
import type { Question } from './question.ts'
import type { OriginalPlace } from './renames/original-place.ts'
import type { ObjectName } from './script/operation.ts'
import { renderName } from './script/render-operation.ts'

/** Rows that a question concerns, by the names that things have once the answered renames are carried out. */
export interface RowCount {
  readonly table: ObjectName
  /** Which of its rows; all of them where nothing is said. */
  readonly where?: {
    readonly column: string
    /** A value, none, or this label of an enum (`list`: among others). */
    readonly holds: 'value' | 'null' | { readonly label: string; readonly list: boolean }
  }
}

/**
 * The questions with the number of rows each concerns. A database that cannot say (it cannot be reached, the table
 * is not there yet, the query takes longer than a second) leaves the number out: it informs, it decides nothing.
 * @param original what things are called in that database
 */
export async function countRows(
  questions: readonly CountedQuestion[],
  data: LendData | undefined,
  original: OriginalPlace,
): Promise<readonly Question[]> {
  const uncounted = questions.map(({ counts: _, ...question }): Question => question)
  if (data === undefined) return uncounted
  return data(async (connection) => {
    const counted: Question[] = []
    for (const { counts = [], ...question } of questions) {
      const sql = counts.map((rows) => countSql(rows, original)).join(' + ')
      const rows = sql === '' ? undefined : await count(connection, sql)
      counted.push(rows === undefined ? question : { ...question, rows })
    }
    return counted
  }).catch(() => uncounted)
}

function countSql({ table, where }: RowCount, original: OriginalPlace): string {
  const place = original(table, where?.column)
  if (where === undefined) return `(SELECT count(*) FROM ${renderName(place.table)})`
  return `(SELECT count(*) FROM ${renderName(place.table)} WHERE ${condition(place.column ?? where.column, where.holds)})`
}

function condition(column: string, holds: NonNullable<RowCount['where']>['holds']): string {
  const name = quoteIdentifier(column)
  if (holds === 'value') return `${name} IS NOT NULL`
  if (holds === 'null') return `${name} IS NULL`
  return holds.list ? `${quoteLiteral(holds.label)} = ANY (${name}::text[])` : `${name}::text = ${quoteLiteral(holds.label)}`
}

async function count(data: Connection, sql: string): Promise<number | undefined> {
  try {
    await data.query("BEGIN READ ONLY; SET LOCAL statement_timeout = '1s'; SET LOCAL lock_timeout = '200ms'")
    const { rows } = await data.query<{ rows: string }>({ text: `SELECT (${sql})::text AS rows` })
    return rows[0] === undefined ? undefined : Number(rows[0].rows)
  } catch {
    return undefined
  } finally {
    await data.query('ROLLBACK')
  }
}
