import { withConnection } from '../../src/postgres/connect.ts'
import { parseDatabaseUrl } from '../../src/postgres/database-url.ts'

/** Runs statements and prints the last result as `psql` does: a table under its headings, or what was done. */
export async function printLikePsql(url: string, statements: string): Promise<string> {
  return withConnection(parseDatabaseUrl(url, 'the shell'), async (connection) => {
    const results = await connection.query<(string | null)[]>({
      text: statements,
      rowMode: 'array',
      types: { getTypeParser: () => (value: string) => value },
    })
    const last = Array.isArray(results) ? (results as (typeof results)[]).at(-1) : results
    if (last === undefined) return ''
    if (last.fields.length === 0) return `${last.command}${last.command === 'INSERT' ? ' 0' : ''} ${String(last.rowCount)}\n`
    return table(
      last.fields.map((field) => ({ name: field.name, isNumber: numbers.has(field.dataTypeID) })),
      last.rows.map((row) => row.map((value) => value ?? '')),
    )
  })
}

/** int8, int2, int4, float4, float8, numeric: to the right. */
const numbers: ReadonlySet<number> = new Set([20, 21, 23, 700, 701, 1700])

interface Column {
  readonly name: string
  readonly isNumber: boolean
}

function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, at) => Math.max(column.name.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (values: readonly string[]): string => ` ${values.join(' | ')}`.trimEnd()
  const center = (text: string, width: number): string =>
    text.padStart(text.length + Math.floor((width - text.length) / 2)).padEnd(width)
  const cell = (value: string, at: number): string =>
    columns[at]?.isNumber === true ? value.padStart(widths[at] ?? 0) : value.padEnd(widths[at] ?? 0)
  return [
    line(columns.map((column, at) => center(column.name, widths[at] ?? 0))),
    widths.map((width) => '-'.repeat(width + 2)).join('+'),
    ...rows.map((row) => line(row.map(cell))),
    `(${String(rows.length)} ${rows.length === 1 ? 'row' : 'rows'})`,
    '',
  ].join('\n')
}
