import type { Connection } from '../../src/postgres/connect.ts'

/** A query and its rows, each row as one text: values as PostgreSQL prints them, `|` between, `NULL` for null. */
export interface QueryExpectation {
  readonly query: string
  readonly rows: readonly string[]
  /** True for a query that itself changes something, such as `nextval`: asked the first time only. */
  readonly once?: boolean
}

/** The rows of a query in that form. */
export async function queryRows(connection: Connection, query: string): Promise<readonly string[]> {
  const result = await connection.query<(string | null)[]>({
    text: query,
    rowMode: 'array',
    types: { getTypeParser: () => (value: string) => value },
  })
  return result.rows.map((row) => row.map((value) => value ?? 'NULL').join('|'))
}
