import type { Connection } from '../postgres/connect.ts'
import type { CountedQuestion } from './decisions/decision.ts'
import type { Question } from './question.ts'

/**
 * The questions with the number of rows each concerns. A database that cannot say (the table is not
 * there yet, the query takes longer than a second) leaves the number out: it informs, it decides nothing.
 */
export async function countRows(
  questions: readonly CountedQuestion[],
  data: Connection | undefined,
): Promise<readonly Question[]> {
  const counted: Question[] = []
  for (const { countSql, ...question } of questions) {
    const rows = data === undefined || countSql === undefined ? undefined : await count(data, countSql)
    counted.push(rows === undefined ? question : { ...question, rows })
  }
  return counted
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
