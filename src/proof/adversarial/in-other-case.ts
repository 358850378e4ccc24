import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Assignment } from './hazard.ts'
import { isText } from './retyping.ts'
import { valuesOfAnother } from './sql.ts'

/** The values of another row, its texts in capitals, or in small letters where they are in capitals. */
export function inOtherCase(table: TableFacts, columns: readonly ColumnFacts[]): Assignment {
  const values = valuesOfAnother(table, columns.map(({ name }) => name))
  const turned = columns.filter(isText).map(({ name }) => {
    const value = values[name] ?? 'NULL'
    return [name, `(SELECT CASE WHEN v = upper(v) THEN lower(v) ELSE upper(v) END FROM (SELECT ${value}) AS x(v))`]
  })
  return { ...values, ...Object.fromEntries(turned) as Assignment }
}
