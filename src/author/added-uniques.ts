import type { AddedUnique } from './change-plan.ts'
import { readAddedKey } from './mends/kept-primary-key.ts'
import type { Operation, OperationOf } from './script/operation.ts'
import { renderName, renderOperation } from './script/render-operation.ts'

/** The unique indexes that a migration adds to tables that may have rows. */
export function uniquesOf(operations: readonly Operation[]): readonly AddedUnique[] {
  const created = operations.flatMap((operation) => (operation.kind === 'create-table' ? [renderName(operation.table)] : []))
  return operations.flatMap((operation) => {
    if (operation.kind === 'alter-table') return keysOf(operation)
    if (operation.kind !== 'create-index' || !operation.unique) return []
    const table = renderName(operation.table)
    if (created.includes(table)) return []
    return [{ name: operation.name, table, columns: operation.columns, statement: operation.text }]
  })
}

/** A primary key over columns that are there before; one that the same statement adds has no values yet. */
function keysOf(operation: OperationOf<'alter-table'>): readonly AddedUnique[] {
  const added = operation.clauses.flatMap((clause) => (clause.kind === 'add-column' ? [clause.column] : []))
  const [statement = ''] = renderOperation(operation)
  return operation.clauses.flatMap((clause) => {
    const key = readAddedKey(clause)
    if (key === undefined || key.columns.some((column) => added.includes(column))) return []
    return [{ ...key, table: renderName(operation.table), statement }]
  })
}
