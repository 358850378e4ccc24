import { quoteIdentifier } from '../../../postgres/quote.ts'
import type { TableFacts, UniqueFacts } from '../../../postgres/tables/table-facts.ts'
import type { Hazard, HazardKind } from '../hazard.ts'
import { type InsertSelect, insertSelectOf } from '../insert-select.ts'
import type { Scene } from '../scene.ts'
import { columnSql, objectName } from '../sql.ts'
import type { Step } from '../step.ts'

/** Rows that have the key already of a row that INSERT … SELECT puts in. */
export const keyBeforeInsertSelect: HazardKind = {
  name: 'key-before-insert-select',
  find: (step, scene) => {
    if (step.kind !== 'insert') return []
    const table = scene.table(step.table)
    const inserted = insertSelectOf(step, scene)
    if (table === undefined || inserted === undefined) return []
    return [table.primaryKey, ...table.uniques].flatMap((key) => hazardOf({ step, scene, table, inserted }, key))
  },
}

interface Insertion {
  readonly step: Step & { readonly kind: 'insert' }
  readonly scene: Scene
  readonly table: TableFacts
  readonly inserted: InsertSelect
}

function hazardOf({ step, scene, table, inserted }: Insertion, key: UniqueFacts | undefined): readonly Hazard[] {
  if (key === undefined || key.predicate !== undefined) return []
  const columns = key.keys.flatMap((part) => ('column' in part ? [part.column] : []))
  // The statement may call a column by a name that the migration gave it.
  const given = new Map(inserted.columns.map((name) => [scene.column(step.table, name)?.name, name]))
  const names = columns.flatMap((name) => given.get(name) ?? [])
  if (columns.length < key.keys.length || names.length < columns.length) return []
  const values = names.map((name) => `s.${quoteIdentifier(name)}`)
  const own = columns.length === 1 ? columns.map(columnSql).join('') : `(${columns.map(columnSql).join(', ')})`
  // Where the query has no row, the row at hand stays as it is: no constraint has kept it from being such a row.
  const first = (value: string, name: string): string =>
    `coalesce((SELECT ${value} FROM ${inserted.rows} WHERE ${value} IS NOT NULL LIMIT 1), ${columnSql(name)})`
  return [
    {
      kind: keyBeforeInsertSelect.name,
      object: objectName(table, ...columns),
      rows: columns.length === 1 ? 'rows with a value that is inserted' : 'rows with values that are inserted',
      table,
      condition: `${own} IN (SELECT ${values.join(', ')} FROM ${inserted.rows})`,
      line: step.line,
      attempts: [Object.fromEntries(columns.map((name, at) => [name, first(values[at] ?? 'NULL', name)]))],
    },
  ]
}
