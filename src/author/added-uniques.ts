import type { AddedUnique } from './change-plan.ts'
import type { Operation } from './script/operation.ts'
import { renderName } from './script/render-operation.ts'

/** The unique indexes that a migration adds to tables that may have rows. */
export function uniquesOf(operations: readonly Operation[]): readonly AddedUnique[] {
  const created = operations.flatMap((operation) => (operation.kind === 'create-table' ? [renderName(operation.table)] : []))
  return operations.flatMap((operation) => {
    if (operation.kind !== 'create-index' || !operation.unique) return []
    const table = renderName(operation.table)
    if (created.includes(table)) return []
    return [{ name: operation.name, table, columns: operation.columns, statement: operation.text }]
  })
}
