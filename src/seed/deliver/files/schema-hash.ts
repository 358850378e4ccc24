import { createHash } from 'node:crypto'
import type { TableFacts } from '../../../postgres/tables/table-facts.ts'
import { tableKey } from '../../plan/table-key.ts'

/** A hash of the columns of tables, as the catalog has them: names, types, what may be NULL and what is generated. */
export function schemaHash(tables: readonly TableFacts[]): string {
  const whole = tables
    .map((table) => ({
      key: tableKey(table),
      columns: table.columns.map(({ name, type, notNull, generated }) => [name, type, notNull, generated ?? null]),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(whole)).digest('hex')
}
