import type { ColumnFacts } from '../../../postgres/tables/table-facts.ts'
import { lineOf } from '../samplers/line-of.ts'
import type { Line } from '../samplers/line.ts'

/** What expressions of one table are compiled against. */
export interface CheckContext {
  readonly columns: ReadonlyMap<string, ColumnFacts>
  /** The line of a column, where its type has one. */
  line(column: string): Line | undefined
  /** Milliseconds since 1970: the clock of the rows, and that of the server that will judge them. */
  readonly now: number
  readonly serverNow: number
}

/** The context of some columns. */
export function checkContext(columns: readonly ColumnFacts[], now: number, serverNow: number): CheckContext {
  const byName = new Map(columns.map((column) => [column.name, column]))
  const lines = new Map(columns.map((column) => [column.name, lineOf(column, now)]))
  return { columns: byName, line: (column) => lines.get(column), now, serverNow }
}
