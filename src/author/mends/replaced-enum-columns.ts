import { type EnumColumn, isSameObject, type Operation } from '../script/operation.ts'
import { findColumn, type StartFacts } from '../start-facts.ts'

/** Where an enum is replaced, the engine turns columns too that only later statements add: made with the new type. */
export function dropMissingEnumColumns(operations: readonly Operation[], facts: StartFacts): readonly Operation[] {
  return operations.map((operation, at) => {
    if (operation.kind !== 'replace-enum') return operation
    const isThere = (column: EnumColumn): boolean =>
      findColumn(facts, column.table, column.column) !== undefined || isAdded(column, operations.slice(0, at))
    return { ...operation, columns: operation.columns.filter(isThere) }
  })
}

function isAdded({ table, column }: EnumColumn, before: readonly Operation[]): boolean {
  return before.some(
    (operation) =>
      operation.kind === 'alter-table' &&
      isSameObject(operation.table, table) &&
      operation.clauses.some((clause) => clause.kind === 'add-column' && clause.column === column),
  )
}
