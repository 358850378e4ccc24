import type { InsertStmt } from 'libpg-query'
import { constantSql, readConstant } from '../../../postgres/statements/constant.ts'
import type { TableFacts, UniqueFacts } from '../../../postgres/tables/table-facts.ts'
import type { Hazard, HazardKind } from '../hazard.ts'
import type { Scene } from '../scene.ts'
import { columnSql, objectName } from '../sql.ts'
import type { Step } from '../step.ts'

/**
 * Rows that have the key already which INSERT … VALUES puts in. Where it says what then, nothing breaks, and the way
 * back shows what became of them.
 */
export const keyBeforeInsert: HazardKind = {
  name: 'key-before-insert',
  find: (step, scene) => {
    if (step.kind !== 'insert') return []
    const table = scene.table(step.table)
    const rows = insertedRows(step.insert, scene.columnNames(step.table))
    if (table === undefined || rows.length === 0) return []
    return [table.primaryKey, ...table.uniques].flatMap((key) => hazardOf({ step, scene, table, rows }, key))
  },
}

/** By column as the statement calls it, the constants that it is given as SQL. */
type InsertedRow = ReadonlyMap<string, string>

interface Insertion {
  readonly step: Step & { readonly kind: 'insert' }
  readonly scene: Scene
  readonly table: TableFacts
  readonly rows: readonly InsertedRow[]
}

function hazardOf({ step, scene, table, rows }: Insertion, key: UniqueFacts | undefined): readonly Hazard[] {
  if (key === undefined || key.predicate !== undefined) return []
  const columns = key.keys.flatMap((part) => ('column' in part ? [part.column] : []))
  if (columns.length < key.keys.length) return []
  // The statement may call a column by a name that the migration gave it.
  const inserted = rows.flatMap((row) => {
    const own = new Map([...row].map(([name, value]) => [scene.column(step.table, name)?.name, value]))
    const values = columns.flatMap((name) => own.get(name) ?? [])
    return values.length < columns.length ? [] : [values]
  })
  const [first] = inserted
  if (first === undefined) return []
  const tuples = inserted.map((values) => `(${values.join(', ')})`).join(', ')
  const left = columns.length === 1 ? columns.map(columnSql).join() : `(${columns.map(columnSql).join(', ')})`
  return [
    {
      kind: keyBeforeInsert.name,
      object: objectName(table, ...columns),
      rows: columns.length === 1 ? 'rows with a value that is inserted' : 'rows with values that are inserted',
      table,
      condition: `${left} IN (${columns.length === 1 ? inserted.flat().join(', ') : tuples})`,
      line: step.line,
      attempts: [Object.fromEntries(columns.map((name, at) => [name, first[at] ?? 'NULL']))],
    },
  ]
}

/** @param columns of the table, in their order: what a statement means that names none */
function insertedRows({ cols, selectStmt }: InsertStmt, columns: readonly string[] = []): readonly InsertedRow[] {
  const names = cols?.map((target) => ('ResTarget' in target ? (target.ResTarget.name ?? '') : '')) ?? columns
  const select = selectStmt !== undefined && 'SelectStmt' in selectStmt ? selectStmt.SelectStmt : undefined
  return (select?.valuesLists ?? []).map((list) => {
    const values = 'List' in list ? (list.List.items ?? []) : []
    return new Map(
      names.flatMap((name, at) => {
        const value = readConstant(values[at])
        return value === undefined ? [] : [[name, constantSql(value)] as const]
      }),
    )
  })
}
