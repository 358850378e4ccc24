import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import type { Assignment } from './hazard.ts'
import { sampleValues } from './sample-values.ts'

/** What two rows are given to be the same to an expression; empty where no value of one of its columns is known. */
export function samplePairs(columns: readonly ColumnFacts[], expression: unknown): readonly Assignment[] {
  const samples = columns.map((column) => ({ name: column.name, values: sampleValues(column, expression) }))
  if (samples.length === 0 || samples.some(({ values }) => values.length === 0)) return []
  const most = Math.max(...samples.map(({ values }) => values.length))
  return Array.from({ length: most }, (_, at) =>
    Object.fromEntries(samples.map(({ name, values }) => [name, values[at] ?? values[0] ?? 'NULL'])),
  )
}
